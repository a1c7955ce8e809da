// Package question holds forms as data: what is asked, in which order, when a
// question is shown, what an answer must fulfil, and what is calculated.
// Surveys, applications and fixed reports are forms; none has code of its own.
//
// The package is pure. A Definition is checked by Check, and Values, which are
// answers as typed, are held against it by State (what is shown, calculated
// and offered) and Validate (what is wrong). The parts around it:
//
//	expr      the language of conditions and calculations
//	forms     the service: forms and their versions, answers, counting
//	draw      a section as the reader sees it, and what he has posted
//	sheet     the page on which a section is answered
//	xlsform   import of XLSForm workbooks
//	compareview  how a version differs from the one before it, to read
//	questionweb  the pages on which forms are made
//
// Rules: names are unique in the whole form, also those of columns. A published
// version never changes; an answer keeps the version it was made with. A
// question that is hidden, or not yet decided, is not submitted; what was
// answered to it stays in the draft, in words; but a file is deleted when the
// answer is submitted while its question is hidden, unless an earlier submission
// holds it: nobody who reads the answer shall find what it does not say. What is
// calculated cannot be answered. A text falls back to bokmål, marked. Words are counted as text.WordCount
// counts: runs of signs between blanks that hold a letter or a digit, so
// "etter- og videreutdanning" is three and "e-post" is one.
//
// Words: skjema = form, utgave = version, avsnitt = section, spørsmål =
// question, svar = answer, vilkår = show-if, krav = constraint, utregning =
// calculation, forhåndsutfylt = prefilled.
package question

// Package expr reads and evaluates the expressions of forms: when a question
// is shown, what an answer must fulfil, what is calculated, which choices are
// offered. They are the part of XLSForm's language that people use:
//
//	${name}                the answer to a question; the rows' answers for a column of a table
//	.                      the answer that a rule is about
//	'text'  "text"  12.5   literals
//	= != < <= > >=  and or not()  + - * div mod
//	selected(${q}, 'code')  count-selected(${q})  count(${column})  sum(${column})
//	if(a, b, c)  coalesce(a, b)  string-length(a)  round(a, digits)  int(a)
//	today()  true()  false()
//
// A bare name is an attribute of a choice and is allowed in a choice filter only.
//
// The logic has three values. What is not answered yet is Unknown, and a
// comparison with it is Unknown too, so that a question is neither shown nor
// decided away before the answer it hangs on is there; comparing with ” asks
// whether there is an answer, and is always decided. What will never be
// answered, as its question is hidden, is Empty: it is ”.
//
// An expression comes from outside: its length, depth and number of parts are
// limited when it is read, and the work of a table's rows when it is evaluated.
package expr

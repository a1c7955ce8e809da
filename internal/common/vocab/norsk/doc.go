// Package norsk brings Norwegian text into the form in which it is compared.
//
// Words: ord = token, grunnform = stem, funksjonsord = function word, sammensetning = compound.
//
// Rules:
//   - Fold lower-cases and removes accents; æ, ø and å are letters and stay.
//   - Nynorsk, dialect and chat spelling become bokmål: whole words by words/variants.tsv,
//     parts of words by words/parts.tsv, endings and kv-/hv- by rule. Both the vocabulary
//     and the user's text pass through here, so a doubtful rule hurts only where it makes
//     two words one.
//   - A Token remembers where it stood, so that a page can show the user's own words.
//   - Skeleton is the key under which æ/ae, ø/o, å/aa/a and double letters are the same.
//   - Split cuts a compound into known words; it never invents a part.
//
// Everything here is a pure function of its arguments and safe for concurrent use.
package norsk

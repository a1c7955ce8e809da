// Package money holds amounts in Norwegian kroner.
//
// Words: beløp = amount, øre = the unit an amount is counted in.
//
// Rules:
//   - An amount is a whole number of øre, in the database (BIGINT) and in JSON. Nothing
//     is ever calculated in floating point.
//   - Shares and sums are computed when they are shown, never stored.
//   - People may write amounts in every way that is common in Norway; what could be read
//     in two ways is refused. "1.650" is 1650 kroner, as a point groups thousands.
//   - Amounts are written "kr 1 650 000", the groups parted by U+00A0 so that no line
//     breaks inside, with decimals only when there are øre.
package money

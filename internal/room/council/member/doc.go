// Package member is what it is to be a member of a council: the fee, what a member
// pays besides, and how it leaves.
//
// The fee of a year is one amount for each member, the same for all, fixed by the
// council in plenary. Who is a member on the first day of the year pays it, so the
// invoice basis has a line for each, and its sum is fee times members. What a member
// pays into a project besides is its own choice: it is recorded with the number of the
// case in which its own council decided it. Loans, and obligations on the members, the
// council cannot decide at all; the room of meetings refuses them.
//
// A member leaves by a decision of its own council. When the notice takes effect, the
// body's rules say; Read also says what is in doubt about that reading. With the notice
// recorded the member's seats in the council and the bodies below it get their last day.
//
// Fee and notices are open to all. The secretary writes them; an office of a member
// records its own deposits and its own notice.
//
// Words: kontingent = fee, fakturagrunnlag = invoice basis, innskudd = deposit,
// uttreden = withdrawal, varsel = notice.
//
// Tables: council_fee, council_deposit, council_withdrawal.
package member

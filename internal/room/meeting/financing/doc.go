// Package financing holds a financing plan: what something costs, who pays, whether the
// own share is large enough, and what can be done when it is not. It reads no database.
//
// Words: finansieringsplan = Plan, kostnad = Cost, finansieringskilde = Source, tilskudd
// = Grant, egenandel = own share, egeninnsats = InKind, krav = Requirement, forbehold =
// Proviso, utvei = Way.
//
// Rules:
//   - Amounts are whole øre and shares are fractions of them: 25.0 % is never stored.
//   - The own share is counted of the total cost or relative to the grant; which one is a
//     setting of the scheme, as the same plan can pass by one and fail by the other.
//   - A requirement is counted in whole kroner: what is asked is rounded to the nearest
//     krone, or up where the scheme says so, and what is short is rounded up.
//   - Own work is money's worth but not money: a plan says how much of its own share it
//     is, and a scheme may refuse to count it.
//   - A proviso stands until a decision settles it, and then says which one did.
package financing

import "embed"

// Files are the texts of the package.
//
//go:embed text/*.json
var Files embed.FS

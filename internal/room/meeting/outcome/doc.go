// Package outcome decides a case: from a body's rules, the facts of the case, the seats,
// who was present and what they said, to an Outcome that explains itself in words. It
// reads no database and no clock: the same facts always end the same way, so a room keeps
// the facts and the rules' version and can show the explanation again at any time.
//
// Words: utfall = Outcome, standpunkt = Position, sete = Seat, vara = Deputy,
// tilstedeværelse = Present, inhabil = recused, forhåndsavklaring = an advance position,
// reservasjon = reservation, å slutte seg til senere = OptIn, kostnadsfordeling = Share,
// simulator = Replay.
//
// Rules:
//   - The vote is the seat's. The deputy casts it only when the member is absent or
//     recused; when both are present only the member does.
//   - Only seats with a vote by the rules count. What another seat says changes nothing.
//   - Where consensus rules nothing is adopted against a vote that counts. Recused is not
//     a missing consent; not heard is, when the rules ask for everybody's.
//   - In an elected body a position by phone or in writing is shown and never counted,
//     whatever the rules say, except in the urgent procedure of § 11-8; and whoever is
//     present must vote (§ 8-1): a vote that is missing keeps the case open.
//   - The agreement's line and the law's line are two, and both are shown. A decision that
//     fails the agreement may have a majority by the law: the engine says so and does not
//     call it anything else.
//   - Costs are split to the øre, and the parts sum to the whole.
package outcome

import "embed"

// Files are the texts of the package.
//
//go:embed text/*.json
var Files embed.FS

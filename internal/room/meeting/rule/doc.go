// Package rule holds the rules of a body as data: who sits, speaks and votes, how many
// must be present, how it decides, what silence means, what it may not decide, and what
// it has to do every year. A room stores a Set as JSON, one version for each decision
// that adopted it; nothing here reads a database or a clock.
//
// Words: regelsett = Set, kilde = Source, sete = seat, vara = deputy, standpunkt =
// Position, folkevalgt organ = an elected body, forhåndsavklaring = a position that is
// shown and not counted, enighet (konsensus) = Consensus, vedtaksført = Quorum.
//
// Rules:
//   - Every rule carries its source: a paragraph of kommuneloven, of the body's own
//     agreement or mandate, or that the agreement is silent and somebody has chosen. The
//     words that pages show say so.
//   - Kommuneloven applies to an elected body whatever the set says. Validate refuses a
//     set that departs from it, and names the paragraph. Other bodies follow their own.
//   - What the law says is a table of dated clauses (Law). Where Checked is empty nobody
//     has held our reading against the current text of the law, and the page says so.
//   - Texts are keys; the room's pages write them in the reader's language.
package rule

import "embed"

// Files are the texts of the package.
//
//go:embed text/*.json
var Files embed.FS

package match

import (
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/room/supply/offer"
)

// DocumentOf is a programme as it is compared with needs, for those who rank
// programmes that are in no database: the command match and the measurements.
func DocumentOf(p *offer.Programme) rank.Document { return programmeDocument(p) }

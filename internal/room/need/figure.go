package need

import (
	"kompetansetorg/internal/common/few"
)

// Few is how many organisations a public figure must at least be built on.
const Few = few.Few

// Figure is a number of organisations, needs or persons that may be withheld.
type Figure = few.Figure

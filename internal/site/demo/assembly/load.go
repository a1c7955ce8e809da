// Package assembly is the part of the demo where bodies meet: forums, the council with its
// agreement, fees and consultations, cases, meetings and the annual wheel.
package assembly

import (
	"context"

	"kompetansetorg/internal/hall/wheel/figure"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/site/demo/stage"
)

type loader struct {
	*stage.Stage
	bodies map[string]meeting.BodyID
	cases  map[string]casework.ID
	// figures are those of the demo that inputs of the wheel cite, the largest first.
	figures []figure.ID
}

// Load fills in the bodies and all that they treat. The needs are there already.
func Load(ctx context.Context, s *stage.Stage) error {
	l := &loader{Stage: s}
	for _, step := range []func(context.Context) error{l.loadBodies, l.loadCases, l.loadCouncil, l.loadForums, l.loadMeetings, l.loadWheel} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

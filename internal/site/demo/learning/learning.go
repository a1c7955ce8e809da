// Package learning puts in the demo's people who work and learn where they live: what
// came after their needs were answered.
package learning

import (
	"context"

	"kompetansetorg/internal/site/demo/stage"
)

// Load fills in what the demo has of it, through the use cases of people. The
// organisations, the roles and the programmes are there before.
func Load(ctx context.Context, s *stage.Stage) error {
	for _, load := range []func(context.Context, *stage.Stage) error{loadPositions, loadPledges, loadAdmissions, loadCentres, loadMaking, loadGuides, loadMeasures} {
		if err := load(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

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
	if err := loadPositions(ctx, s); err != nil {
		return err
	}
	if err := loadPledges(ctx, s); err != nil {
		return err
	}
	if err := loadAdmissions(ctx, s); err != nil {
		return err
	}
	if err := loadCentres(ctx, s); err != nil {
		return err
	}
	return loadMaking(ctx, s)
}

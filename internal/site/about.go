package site

import (
	"context"
	"os"
	"path/filepath"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
)

// hasESCO tells whether the folder of official files brings the classification,
// which the page of sources must then credit.
func (c Config) hasESCO() bool {
	if c.Data == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(c.Data, "esco_labels_no.tsv"))
	return err == nil
}

// hasBoundaries tells whether maps are drawn with loaded boundaries.
func (s *Site) hasBoundaries(ctx context.Context) (bool, error) {
	var has bool
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		has, err = place.HasOutlines(ctx, tx)
		return err
	})
	return has, err
}

// missing are the settings that the page about privacy needs and that are not set.
func (c Config) missing() []string {
	var out []string
	for _, x := range []struct{ name, value string }{{"operator", c.Operator}, {"contact", c.Contact}, {"dpo-contact", c.DPOContact}} {
		if x.value == "" {
			out = append(out, x.name)
		}
	}
	return out
}

package main

import (
	"fmt"
	"os"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/migrations"
)

// placeLoadCmd takes municipality boundaries that the operator has downloaded,
// so that maps are drawn with them.
type placeLoadCmd struct {
	database
	File string `arg:"" help:"GeoJSON with the boundaries of municipalities, in degrees." type:"existingfile"`
}

// Run prints the number of each municipality that was stored. Numbers that are
// not valid today are left out and named on stderr, and so are municipalities
// that the file lacks.
func (c *placeLoadCmd) Run(con *console) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	outlines, err := place.LoadGeoJSON(file)
	if err != nil {
		return err
	}
	outlines, err = c.known(con, outlines)
	if err != nil {
		return err
	}
	outlines = place.ForMaps(outlines)
	d, err := db.Open(con.ctx, c.DB, db.WithLogger(con.log))
	if err != nil {
		return err
	}
	defer d.Close()
	if err := db.Migrate(con.ctx, d, migrations.Files); err != nil {
		return err
	}
	err = d.Write(con.ctx, func(tx *db.Tx) error {
		return place.StoreOutlines(con.ctx, tx, clock.At(time.Now()), access.SystemActor("place-load"), outlines)
	})
	if err != nil {
		return err
	}
	for _, o := range outlines {
		fmt.Fprintln(con.stdout, o.Number)
	}
	return nil
}

// known keeps the outlines whose number is valid today.
func (c *placeLoadCmd) known(con *console, outlines []place.Outline) ([]place.Outline, error) {
	data, err := place.Starter()
	if err != nil {
		return nil, err
	}
	register, err := place.New(data)
	if err != nil {
		return nil, err
	}
	today := register.On(clock.Today(time.Now()))
	var kept []place.Outline
	has := map[place.Number]bool{}
	for _, o := range outlines {
		if !today.Has(o.Number) {
			fmt.Fprintf(con.stderr, "%s is no municipality today; left out\n", o.Number)
			continue
		}
		kept, has[o.Number] = append(kept, o), true
	}
	missing := 0
	for _, m := range today.List() {
		if !has[m.Number] {
			missing++
		}
	}
	if missing > 0 {
		fmt.Fprintf(con.stderr, "%d of today's municipalities are not in the file; maps draw them from their centres\n", missing)
	}
	if len(kept) == 0 {
		return nil, fmt.Errorf("%s holds no municipality of today", c.File)
	}
	return kept, nil
}

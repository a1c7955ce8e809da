package batch

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
)

// programme takes in a programme of the file and its offerings.
func (im *importer) programme(ctx context.Context, tx *db.Tx, b Programme) error {
	line := Line{Row: b.Row, Title: b.Title}
	p, old, err := im.findProgramme(ctx, tx, b)
	if err == nil && b.Fill != nil {
		err = im.putProgramme(ctx, tx, &line, b, &p, old)
	}
	if err != nil {
		if err := im.refuse(line, err); err != nil {
			return err
		}
		for _, o := range b.Offerings {
			if o.Row != b.Row {
				im.plan.Lines = append(im.plan.Lines, Line{Kind: LineRefused, Row: o.Row, Offering: true, Title: b.Title,
					Problems: []fault.Field{{Name: "programme_id", Key: "supply.error.programme_refused"}}})
			}
		}
		return nil
	}
	if !slices.Contains(im.involved, p.Provider) {
		im.involved = append(im.involved, p.Provider)
	}
	for _, o := range b.Offerings {
		line := Line{Row: o.Row, Offering: true, Title: p.Title.String()}
		if err := im.putOffering(ctx, tx, &line, p, o); err != nil {
			if err := im.refuse(line, err); err != nil {
				return err
			}
			continue
		}
		im.plan.Lines = append(im.plan.Lines, line)
	}
	return nil
}

// findProgramme answers with what is stored, in old and as a start for the new
// one; old is nil when there is none.
func (im *importer) findProgramme(ctx context.Context, tx *db.Tx, b Programme) (p offer.Programme, old *offer.Programme, err error) {
	if b.Fill == nil {
		return im.referred(ctx, tx, b)
	}
	provider, err := im.provider(ctx, tx, b.Provider)
	if err != nil {
		return p, nil, err
	}
	var ids []offer.ProgrammeID
	if b.SourceID != "" {
		if ids, err = db.List[offer.ProgrammeID](ctx, tx, bySource, provider, im.batch.Source, b.SourceID); err != nil {
			return p, nil, err
		}
	}
	p = offer.Programme{Provider: provider, State: offer.ProgrammeConcept}
	if len(ids) == 0 {
		if ids, err = im.byTitle(ctx, tx, b, p); err != nil {
			return p, nil, err
		}
	}
	if len(ids) == 0 {
		return p, nil, nil
	}
	if p, err = im.ProgrammeIn(ctx, tx, ids[0]); err != nil {
		return p, nil, err
	}
	stored := p
	return p, &stored, nil
}

// byTitle finds a programme by title and level: for a file without ids any, for
// one with ids only what was written here and has none.
func (im *importer) byTitle(ctx context.Context, tx *db.Tx, b Programme, p offer.Programme) ([]offer.ProgrammeID, error) {
	probe := p
	if err := b.Fill(&probe); err != nil {
		return nil, err
	}
	ids, err := db.List[offer.ProgrammeID](ctx, tx, byTitle, p.Provider, text.SortKey(probe.Title.String()), probe.Level)
	if err != nil || len(ids) == 0 || b.SourceID == "" {
		return ids, err
	}
	if stored, err := im.ProgrammeIn(ctx, tx, ids[0]); err != nil || stored.SourceID != "" {
		return nil, err
	}
	return ids, nil
}

// referred is the programme that a file of offerings names by its id.
func (im *importer) referred(ctx context.Context, tx *db.Tx, b Programme) (p offer.Programme, old *offer.Programme, err error) {
	ids, err := db.List[offer.ProgrammeID](ctx, tx, byAnySource, im.batch.Source, b.SourceID)
	switch {
	case err != nil:
		return p, nil, err
	case len(ids) == 0:
		return p, nil, fault.InvalidField("programme_id", "supply.error.programme_unknown", "id", text.Truncate(b.SourceID, 40))
	case len(ids) > 1 && im.batch.Provider == "":
		return p, nil, fault.InvalidField("programme_id", "supply.error.programme_several", "id", text.Truncate(b.SourceID, 40))
	case len(ids) > 1:
		if ids, err = db.List[offer.ProgrammeID](ctx, tx, bySource, im.batch.Provider, im.batch.Source, b.SourceID); err != nil || len(ids) == 0 {
			return p, nil, fault.InvalidField("programme_id", "supply.error.programme_unknown", "id", text.Truncate(b.SourceID, 40))
		}
	}
	if p, err = im.ProgrammeIn(ctx, tx, ids[0]); err != nil {
		return p, nil, err
	}
	if err := supply.CanImport(im.actor, p.Provider); err != nil {
		return p, nil, fault.InvalidField("programme_id", "supply.error.not_provider")
	}
	return p, &p, nil
}

// putProgramme fills, checks and (when it writes) stores the programme, and
// notes the line.
func (im *importer) putProgramme(ctx context.Context, tx *db.Tx, line *Line, b Programme, p *offer.Programme, old *offer.Programme) error {
	if err := b.Fill(p); err != nil {
		return err
	}
	p.Source, p.SourceID = im.batch.Source, firstOf(b.SourceID, p.SourceID)
	checked, err := p.Check()
	if err != nil {
		return err
	}
	*p = checked
	key := "p|" + string(p.Provider) + "|" + firstOf(b.SourceID, string(p.Level)+"|"+text.Fold(p.Title.String()))
	if err := im.twice(*line, key); err != nil {
		return err
	}
	line.Title = p.Title.String()
	if old == nil {
		line.Kind = LineNew
		if im.batch.Publish {
			p.State = offer.ProgrammeActive
		}
		if im.writes {
			if *p, err = im.writer.AddProgramme(ctx, *p); err != nil {
				return err
			}
		}
	} else {
		line.Diffs = offer.Compare(old.Values(), p.Values())
		line.Kind = kindOf(line.Diffs)
		if im.writes && (line.Kind == LineChanged || old.SourceID != p.SourceID) {
			if err := im.writer.SaveProgramme(ctx, supply.ActionEditProgramme, *old, *p); err != nil {
				return err
			}
			p.Version++
		}
	}
	im.plan.Lines = append(im.plan.Lines, *line)
	return nil
}

func kindOf(diffs []offer.Diff) LineKind {
	if len(diffs) > 0 {
		return LineChanged
	}
	return LineUnchanged
}

// putOffering fills, checks and (when it writes) stores an offering.
func (im *importer) putOffering(ctx context.Context, tx *db.Tx, line *Line, p offer.Programme, b Offering) error {
	if b.SourceID != "" {
		if err := im.twice(*line, "o|"+string(p.Provider)+"|"+b.SourceID); err != nil {
			return err
		}
	}
	o := offer.Offering{Programme: p.ID, Provider: p.Provider, State: offer.Concept, Channel: offer.Here}
	old, err := im.findOffering(ctx, tx, p, b, o)
	if err != nil {
		return err
	}
	if old != nil {
		o = *old
	}
	if err := b.Fill(&o); err != nil {
		return err
	}
	o.Source, o.SourceID = im.batch.Source, firstOf(b.SourceID, o.SourceID)
	if (o.Price.Participant != nil || o.Price.Employer != nil) && o.Price.Year == 0 {
		o.Price.Year = im.Today().Year()
	}
	if o, err = o.Check(im.Places()); err != nil {
		return err
	}
	if b.SourceID == "" {
		key := "o|" + string(p.Provider) + "|" + string(p.Level) + "|" + text.Fold(p.Title.String()) + "|" + identity(o)
		if err := im.twice(*line, key); err != nil {
			return err
		}
	}
	if old == nil {
		line.Kind = LineNew
		o.State = im.stateOf(b)
		if im.writes {
			return im.addPublished(ctx, tx, p, o)
		}
		return nil
	}
	if b.State != "" && old.State != offer.Concept {
		o.State = b.State
	}
	line.Diffs = offer.Compare(append(old.Values(), offer.Value{Field: "state", Text: string(old.State)}), append(o.Values(), offer.Value{Field: "state", Text: string(o.State)}))
	line.Kind = kindOf(line.Diffs)
	im.met[o.ID] = true
	if !im.writes {
		return nil
	}
	action := supply.ActionEditOffering
	if line.Kind == LineUnchanged {
		action = supply.ActionConfirmOffering
		if old.LastConfirmed == im.Today() && old.SourceID == o.SourceID {
			return nil
		}
	}
	o.LastConfirmed = im.Today()
	return im.writer.SaveOffering(ctx, action, *old, o)
}

// stateOf is the state of a new offering: what the file says, or a concept,
// which is published when the batch says so.
func (im *importer) stateOf(b Offering) offer.State {
	switch {
	case b.State != "" && b.State != offer.Concept:
		return b.State
	case im.batch.Publish:
		return offer.Active
	}
	return offer.Concept
}

// addPublished stores a new offering, and makes its programme public when the
// offering is.
func (im *importer) addPublished(ctx context.Context, tx *db.Tx, p offer.Programme, o offer.Offering) error {
	if _, err := im.writer.AddOffering(ctx, p, o); err != nil {
		return err
	}
	if o.State == offer.Concept || p.State != offer.ProgrammeConcept {
		return nil
	}
	stored, err := im.ProgrammeIn(ctx, tx, p.ID)
	if err != nil || stored.State != offer.ProgrammeConcept {
		return err
	}
	active := stored
	active.State = offer.ProgrammeActive
	return im.writer.SaveProgramme(ctx, supply.ActionProgrammeState, stored, active)
}

// findOffering is what is stored of the offering: by its id in the source, or
// of a file without ids the one with the same start, form and places that the
// file has not had yet. nil when there is none.
func (im *importer) findOffering(ctx context.Context, tx *db.Tx, p offer.Programme, b Offering, blank offer.Offering) (*offer.Offering, error) {
	if p.ID == "" {
		return nil, nil // a new programme in a dry run
	}
	if b.SourceID != "" {
		ids, err := db.List[offer.OfferingID](ctx, tx, offeringBy, p.Provider, im.batch.Source, b.SourceID)
		if err != nil || len(ids) == 0 {
			return nil, err
		}
		o, err := im.OfferingIn(ctx, tx, ids[0])
		if err == nil && o.Programme != p.ID {
			return nil, fault.InvalidField("programme_id", "supply.error.other_programme")
		}
		return &o, err
	}
	if err := b.Fill(&blank); err != nil {
		return nil, err
	}
	ids, err := db.List[offer.OfferingID](ctx, tx, offeringsOf, p.ID)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		o, err := im.OfferingIn(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if !im.met[id] && identity(o) == identity(blank) {
			return &o, nil
		}
	}
	return nil, nil
}

// identity is what tells two offerings of a programme apart when neither has an
// id.
func identity(o offer.Offering) string {
	return fmt.Sprintf("%s|%s|%s|%v", o.StartType, o.Start, o.Delivery, o.MeetsIn())
}

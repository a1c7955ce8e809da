package council

import (
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Agreement is all versions of a council's agreement that the actor may know of,
// newest first: drafts only those in the body.
func (s *Service) Agreement(ctx context.Context, actor access.Actor, b BodyID) ([]Version, Body, Standing, error) {
	var out []Version
	var body Body
	var is Standing
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if body, is, err = Seen(ctx, tx, s.Bodies, actor, b, s.Clock.Today()); err != nil {
			return err
		}
		if out, err = versions(ctx, tx, b, s.Clock.Today()); err != nil {
			return err
		}
		if !is.IsIn() {
			out = slices.DeleteFunc(out, func(v Version) bool { return v.DecidedOn.IsZero() })
		}
		return s.tell(ctx, tx, b, out)
	})
	return out, body, is, err
}

// Begin makes a draft with the paragraphs of the newest version that was not given
// up, and answers its id. While another is being written it is a Conflict.
func (s *Service) Begin(ctx context.Context, actor access.Actor, b BodyID, h Head) (VersionID, error) {
	h, err := h.tidied()
	if err != nil {
		return "", err
	}
	out := id.New[Version]()
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		if _, err := Keeping(ctx, tx, s.Bodies, actor, b, s.Clock.Today()); err != nil {
			return err
		}
		if err := checkArchive(ctx, tx, h.Archive); err != nil {
			return err
		}
		before, err := versions(ctx, tx, b, s.Clock.Today())
		if err != nil {
			return err
		}
		if slices.ContainsFunc(before, func(v Version) bool { return v.State == Draft }) {
			return fault.New(fault.Conflict, "council.error.open_version")
		}
		nr := 1
		if len(before) > 0 {
			nr = before[0].Nr + 1
		}
		if _, err := db.Exec(ctx, tx, insertVersion, out, b, nr, h.Title, h.Why, h.Archive, h.Dissolution, actor.Label(), s.Clock.Now()); err != nil {
			return fmt.Errorf("council %s: begin agreement: %w", b, err)
		}
		if base, ok := Before(before, Version{Nr: nr}); ok {
			for _, p := range base.Paragraphs {
				p.Was, p.Why = p.Nr, ""
				if err := putParagraph(ctx, tx, out, p, false); err != nil {
					return err
				}
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDraft, Subject(b), audit.Field("title", "", h.Title))
		return nil
	})
	return out, err
}

func checkArchive(ctx context.Context, tx *db.Tx, o access.OrgID) error {
	if o == "" {
		return nil
	}
	_, err := org.Get(ctx, tx, o)
	if fault.Is(err, fault.NotFound) {
		return fault.InvalidField("archive", "org.error.unknown")
	}
	return err
}

func putParagraph(ctx context.Context, tx *db.Tx, v VersionID, p Paragraph, gone bool) error {
	if _, err := db.Exec(ctx, tx, saveParagraph, v, p.Nr, gone, p.Heading, p.Words, p.Was, p.Why); err != nil {
		return fmt.Errorf("agreement %s: paragraph %d: %w", v, p.Nr, err)
	}
	return nil
}

// keeping loads a version for the secretary of its body.
func (s *Service) keeping(ctx context.Context, tx *db.Tx, actor access.Actor, v VersionID) (Version, Body, error) {
	out, err := version(ctx, tx, v, s.Clock.Today())
	if err != nil {
		return Version{}, Body{}, err
	}
	body, is, err := Seen(ctx, tx, s.Bodies, actor, out.Body, s.Clock.Today())
	switch {
	case err != nil:
		return Version{}, Body{}, err
	case !is.IsIn() && out.DecidedOn.IsZero():
		return Version{}, Body{}, fault.Missing()
	case !is.Keeps:
		return Version{}, Body{}, Denied()
	}
	return out, body, nil
}

// drafting is keeping for a draft.
func (s *Service) drafting(ctx context.Context, tx *db.Tx, actor access.Actor, v VersionID) (Version, Body, error) {
	out, body, err := s.keeping(ctx, tx, actor, v)
	if err == nil && out.State != Draft {
		err = fault.New(fault.Conflict, "council.error.not_draft")
	}
	return out, body, err
}

// SaveHead replaces what is written about a draft. seen is the version of it that the
// writer saw.
func (s *Service) SaveHead(ctx context.Context, actor access.Actor, v VersionID, seen int64, h Head) error {
	h, err := h.tidied()
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, _, err := s.drafting(ctx, tx, actor, v)
		if err != nil {
			return err
		}
		if err := checkArchive(ctx, tx, h.Archive); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, updateHead, h.Title, h.Why, h.Archive, h.Dissolution, v, seen); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDraft, Subject(old.Body), audit.Changed(audit.Field("title", old.Title, h.Title), audit.Field("why", old.Why, h.Why),
			audit.Field("archive", string(old.Archive), string(h.Archive)), audit.Field("dissolution", old.Dissolution, h.Dissolution))...)
		return nil
	})
}

// SaveParagraph writes a paragraph of a draft. from is the number it had, 0 for a new
// one; a paragraph that is given the number of another is refused.
func (s *Service) SaveParagraph(ctx context.Context, actor access.Actor, v VersionID, seen int64, from int, p Paragraph) error {
	p, err := p.tidied()
	if err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, _, err := s.drafting(ctx, tx, actor, v)
		if err != nil {
			return err
		}
		was, exists := old.Paragraph(from)
		if from != 0 && !exists {
			return fault.Missing()
		}
		if _, taken := old.Paragraph(p.Nr); taken && p.Nr != from {
			return fault.InvalidField("nr", "council.error.nr_taken", "nr", Sign(p.Nr))
		}
		if p.Was != 0 && slices.ContainsFunc(old.Paragraphs, func(x Paragraph) bool { return x.Nr != from && x.Was == p.Was }) {
			return fault.InvalidField("was", "council.error.was_taken", "nr", Sign(p.Was))
		}
		if err := db.ExecOne(ctx, tx, bumpDraft, v, seen); err != nil {
			return err
		}
		if from != 0 && from != p.Nr {
			if _, err := db.Exec(ctx, tx, dropParagraph, v, from, false); err != nil {
				return err
			}
		}
		if p.Was != 0 { // it has a successor again
			if _, err := db.Exec(ctx, tx, dropParagraph, v, p.Was, true); err != nil {
				return err
			}
		}
		if err := putParagraph(ctx, tx, v, p, false); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionParagraph, Subject(old.Body), audit.Changed(audit.Field("nr", was.Nr, p.Nr), audit.Field("heading", was.Heading, p.Heading),
			audit.Field("words", was.Words, p.Words), audit.Field("why", was.Why, p.Why))...)
		return nil
	})
}

// RemoveParagraph takes a paragraph out of a draft; where it comes from the version
// before, why says what for.
func (s *Service) RemoveParagraph(ctx context.Context, actor access.Actor, v VersionID, seen int64, nr int, why string) error {
	why = text.CleanMultiline(why)
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, _, err := s.drafting(ctx, tx, actor, v)
		if err != nil {
			return err
		}
		p, ok := old.Paragraph(nr)
		if !ok {
			return fault.Missing()
		}
		var fs fault.Fields
		fs.Text("why", why, MaxWords, p.Was != 0)
		if err := fs.Err(); err != nil {
			return err
		}
		if err := db.ExecOne(ctx, tx, bumpDraft, v, seen); err != nil {
			return err
		}
		if _, err := db.Exec(ctx, tx, dropParagraph, v, nr, false); err != nil {
			return err
		}
		if p.Was != 0 {
			if err := putParagraph(ctx, tx, v, Paragraph{Nr: p.Was, Why: why}, true); err != nil {
				return err
			}
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionParagraph, Subject(old.Body), audit.Field("nr", nr, ""), audit.Field("why", "", why))
		return nil
	})
}

// Drop gives up a version that is on its way, with a reason.
func (s *Service) Drop(ctx context.Context, actor access.Actor, v VersionID, seen int64, why string) error {
	why = text.CleanLine(why)
	var fs fault.Fields
	fs.Text("why", why, MaxLine, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, _, err := s.keeping(ctx, tx, actor, v)
		if err != nil {
			return err
		}
		if !old.State.IsOpen() {
			return fault.New(fault.Conflict, "council.error.not_open")
		}
		if err := db.ExecOne(ctx, tx, dropVersion, why, v, seen); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionDrop, Subject(old.Body), audit.Field("title", old.Title, ""), audit.Field("why", "", why))
		return nil
	})
}

// Version is a version as the actor may know it, with its council: a draft is there
// only for those in the body.
func (s *Service) Version(ctx context.Context, actor access.Actor, v VersionID) (Version, Body, Standing, error) {
	var out Version
	var body Body
	var is Standing
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out, err = s.told(ctx, tx, v); err != nil {
			return err
		}
		body, is, err = Seen(ctx, tx, s.Bodies, actor, out.Body, s.Clock.Today())
		if err == nil && !is.IsIn() && out.DecidedOn.IsZero() {
			return fault.Missing()
		}
		return err
	})
	return out, body, is, err
}

package casework

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

// Material is a case with what its paper is made of.
type Material struct {
	Case       Case
	Sight      Sight
	Paper      casepaper.Paper
	Documents  []Document
	Treatments []Treatment
}

// Material loads the case for who may know of it, or NotFound.
func (s *Service) Material(ctx context.Context, tx *db.Tx, actor access.Actor, c ID) (Material, error) {
	var out Material
	var err error
	if out.Case, out.Sight, out.Treatments, err = s.seen(ctx, tx, actor, c); err != nil {
		return out, err
	}
	if out.Paper, err = casepaper.Load(ctx, tx, c); err != nil {
		return out, err
	}
	out.Documents, err = documentsOf(ctx, tx, c)
	return out, err
}

// Versions are the versions of the paper that the actor may read, the newest first:
// writers read all, others what was issued; of a closed case only those within.
func (s *Service) Versions(ctx context.Context, actor access.Actor, c ID) (Case, []casepaper.Version, error) {
	var file Case
	var out []casepaper.Version
	err := s.DB.Read(ctx, func(tx *db.Tx) error {
		var sight Sight
		var list []Treatment
		var err error
		if file, sight, list, err = s.seen(ctx, tx, actor, c); err != nil {
			return err
		}
		if sight == Neutral {
			return fault.Missing()
		}
		docs, err := documentsOf(ctx, tx, c)
		if err != nil {
			return err
		}
		r, err := s.reader(ctx, tx, actor)
		if err != nil {
			return err
		}
		within := sight == Writes || r.within(file, treating(list))
		if all, err := casepaper.Versions(ctx, tx, c); err == nil {
			out = readable(all, docs, sight == Writes, within)
		} else {
			return err
		}
		return nil
	})
	return file, out, err
}

// readable are the versions for a reader: no drafts for others than writers, no
// paper that is itself held back, and no title of a document that is.
func readable(all []casepaper.Version, docs []Document, writes, within bool) []casepaper.Version {
	held := map[int]bool{}
	for _, d := range docs {
		held[d.Nr] = d.Ground != ""
	}
	var out []casepaper.Version
	for _, v := range all {
		if !v.Issued && !writes {
			continue
		}
		if !within {
			if held[paperNr] {
				continue
			}
			for i, d := range v.Frozen.Documents {
				if d.Ground != "" || held[d.Nr] {
					v.Frozen.Documents[i].Title = ""
				}
			}
		}
		out = append(out, v)
	}
	return out
}

// paperNr is the number of the document that the paper is.
const paperNr = 1

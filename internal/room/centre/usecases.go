package centre

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
)

// Deps is what the room needs.
type Deps struct {
	DB    *db.DB
	Clock clock.Clock
	Knows Knows
}

// Service is the use cases of study centres.
type Service struct{ Deps }

// New makes the room.
func New(d Deps) *Service { return &Service{Deps: d} }

func runs(actor access.Actor, o access.OrgID) bool {
	return actor.IsSystem() || actor.HasAt(o, RunnerRoles()...)
}

// Open makes the page of a centre, for the people of an organisation that is a study centre
// and has none.
func (s *Service) Open(ctx context.Context, actor access.Actor, o access.OrgID, c Content) (ID, error) {
	var fs fault.Fields
	if c = c.tidied(&fs); fs.Err() != nil {
		return "", fs.Err()
	}
	out := id.New[Centre]()
	return out, s.DB.Write(ctx, func(tx *db.Tx) error {
		if !runs(actor, o) {
			return fault.New(fault.Denied, "fault.denied")
		}
		of, err := org.Get(ctx, tx, o)
		switch {
		case err != nil:
			return err
		case of.Kind != org.StudyCentre:
			return fault.InvalidField("org", "centre.error.kind")
		}
		now := s.Clock.Now()
		if _, err := db.Exec(ctx, tx, insertCentre, out, o, c.About, c.Services, c.Contact, actor.Label(), now); err != nil {
			if fault.Is(err, fault.Conflict) {
				return fault.New(fault.Conflict, "centre.error.again")
			}
			return fmt.Errorf("study centre: %w", err)
		}
		audit.Record(tx, now, actor, ActionOpen, subject(out), audit.Field("org", "", string(o)))
		return nil
	})
}

// run does fn for the people of the centre: Denied for all others.
func (s *Service) run(ctx context.Context, actor access.Actor, c ID, action audit.Action, fn func(tx *db.Tx, of Centre, now clock.Time) ([]audit.Change, error)) error {
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		of, err := s.In(ctx, tx, actor, c)
		if err != nil {
			return err
		}
		if !of.Runs {
			return fault.New(fault.Denied, "fault.denied")
		}
		now := s.Clock.Now()
		changed, err := fn(tx, of, now)
		if err == nil {
			audit.Record(tx, now, actor, action, subject(c), changed...)
		}
		return err
	})
}

// Edit replaces what the page says. version is the one that the writer saw.
func (s *Service) Edit(ctx context.Context, actor access.Actor, c ID, version int64, in Content) error {
	var fs fault.Fields
	if in = in.tidied(&fs); fs.Err() != nil {
		return fs.Err()
	}
	return s.run(ctx, actor, c, ActionEdit, func(tx *db.Tx, of Centre, _ clock.Time) ([]audit.Change, error) {
		return audit.Changed(audit.Field("about", of.About, in.About), audit.Field("services", of.Services, in.Services), audit.Field("contact", of.Contact, in.Contact)),
			db.ExecOne(ctx, tx, updateCentre, in.About, in.Services, in.Contact, c, version)
	})
}

// AddPartner notes who runs the centre together with others.
func (s *Service) AddPartner(ctx context.Context, actor access.Actor, c ID, o access.OrgID, part string) error {
	part = text.CleanLine(part)
	var fs fault.Fields
	fs.Text("part", part, MaxLine, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.run(ctx, actor, c, ActionPartner, func(tx *db.Tx, of Centre, now clock.Time) ([]audit.Change, error) {
		if _, err := org.Get(ctx, tx, o); err != nil || o == of.Org {
			return nil, fault.InvalidField("org", "form.error.choice")
		}
		_, err := db.Exec(ctx, tx, insertPartner, c, o, part, actor.Label(), now)
		if fault.Is(err, fault.Conflict) {
			err = fault.New(fault.Conflict, "centre.error.partner")
		}
		return []audit.Change{audit.Field("partner", "", string(o))}, err
	})
}

// RemovePartner takes a partner off the page.
func (s *Service) RemovePartner(ctx context.Context, actor access.Actor, c ID, o access.OrgID) error {
	return s.run(ctx, actor, c, ActionPartner, func(tx *db.Tx, _ Centre, _ clock.Time) ([]audit.Change, error) {
		_, err := db.Exec(ctx, tx, deletePartner, c, o)
		return []audit.Change{audit.Field("partner", string(o), "")}, err
	})
}

func (r Room) tidied(k Knows, fs *fault.Fields) Room {
	r.Name, r.Address, r.Equipment = text.CleanLine(r.Name), text.CleanLine(r.Address), text.CleanLine(r.Equipment)
	fs.Text("name", r.Name, MaxLine, true)
	fs.Text("address", r.Address, MaxLine, true)
	fs.Text("equipment", r.Equipment, MaxLine, false)
	if !k.Municipality(r.Municipality) {
		fs.Add("municipality", "form.error.municipality")
	}
	if r.Seats < 1 || r.Seats > MaxPeople {
		fs.Add("seats", "form.error.range", "min", 1, "max", MaxPeople)
	}
	return r
}

// AddRoom adds a room to the centre.
func (s *Service) AddRoom(ctx context.Context, actor access.Actor, c ID, in Room) (RoomID, error) {
	var fs fault.Fields
	if in = in.tidied(s.Knows, &fs); fs.Err() != nil {
		return "", fs.Err()
	}
	out := id.New[Room]()
	return out, s.run(ctx, actor, c, ActionRoom, func(tx *db.Tx, _ Centre, now clock.Time) ([]audit.Change, error) {
		_, err := db.Exec(ctx, tx, insertRoom, out, c, in.Name, in.Municipality, in.Address, in.Seats, in.Equipment, actor.Label(), now)
		return []audit.Change{audit.Field("room", "", in.Name)}, err
	})
}

// EditRoom replaces what is said of a room, and whether it can be asked for. What has been
// confirmed there stands.
func (s *Service) EditRoom(ctx context.Context, actor access.Actor, r RoomID, version int64, in Room) error {
	var fs fault.Fields
	if in = in.tidied(s.Knows, &fs); fs.Err() != nil {
		return fs.Err()
	}
	return s.DB.Write(ctx, func(tx *db.Tx) error {
		old, c, err := s.RoomIn(ctx, tx, actor, r)
		switch {
		case err != nil:
			return err
		case !c.Runs:
			return fault.New(fault.Denied, "fault.denied")
		}
		if err := db.ExecOne(ctx, tx, updateRoom, in.Name, in.Municipality, in.Address, in.Seats, in.Equipment, in.Closed, r, version); err != nil {
			return err
		}
		audit.Record(tx, s.Clock.Now(), actor, ActionRoom, subject(c.ID), audit.Changed(audit.Field("name", old.Name, in.Name), audit.Field("address", old.Address, in.Address),
			audit.Field("seats", old.Seats, in.Seats), audit.Field("equipment", old.Equipment, in.Equipment), audit.Field("closed", old.Closed, in.Closed))...)
		return nil
	})
}

// Tell puts news on the page.
func (s *Service) Tell(ctx context.Context, actor access.Actor, c ID, title, words string) error {
	title, words = text.CleanLine(title), text.CleanMultiline(words)
	var fs fault.Fields
	fs.Text("title", title, MaxLine, true)
	fs.Text("words", words, MaxWords, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.run(ctx, actor, c, ActionNews, func(tx *db.Tx, _ Centre, now clock.Time) ([]audit.Change, error) {
		_, err := db.Exec(ctx, tx, insertNews, id.New[News](), c, title, words, actor.Label(), now)
		return []audit.Change{audit.Field("news", "", title)}, err
	})
}

// HideNews takes news away from the page.
func (s *Service) HideNews(ctx context.Context, actor access.Actor, c ID, n NewsID) error {
	return s.run(ctx, actor, c, ActionNews, func(tx *db.Tx, _ Centre, _ clock.Time) ([]audit.Change, error) {
		_, err := db.Exec(ctx, tx, hideNews, n, c)
		return []audit.Change{audit.Field("news", string(n), "")}, err
	})
}

// AddCourse says that a programme can be taken at the centre, and how.
func (s *Service) AddCourse(ctx context.Context, actor access.Actor, c ID, programme, how string) error {
	how = text.CleanLine(how)
	var fs fault.Fields
	fs.Text("how", how, MaxLine, true)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.run(ctx, actor, c, ActionCourse, func(tx *db.Tx, _ Centre, now clock.Time) ([]audit.Change, error) {
		_, _, err := s.Knows.Programme(ctx, tx, access.Actor{}, programme) // what all may know of
		if fault.Is(err, fault.NotFound) {
			return nil, fault.InvalidField("programme", "centre.error.programme")
		}
		if err != nil {
			return nil, err
		}
		_, err = db.Exec(ctx, tx, insertCourse, c, programme, how, actor.Label(), now)
		if fault.Is(err, fault.Conflict) {
			err = fault.New(fault.Conflict, "centre.error.course")
		}
		return []audit.Change{audit.Field("programme", "", programme)}, err
	})
}

// RemoveCourse takes a programme off the list.
func (s *Service) RemoveCourse(ctx context.Context, actor access.Actor, c ID, programme string) error {
	return s.run(ctx, actor, c, ActionCourse, func(tx *db.Tx, _ Centre, _ clock.Time) ([]audit.Change, error) {
		_, err := db.Exec(ctx, tx, deleteCourse, c, programme)
		return []audit.Change{audit.Field("programme", programme, "")}, err
	})
}

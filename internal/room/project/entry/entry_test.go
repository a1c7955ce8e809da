package entry_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/entry"
)

const owner access.OrgID = "0190f5fe-7c00-7a00-8000-00000000000a"

type house struct {
	t        *testing.T
	projects *project.Service
	entries  *entry.Service
	parent   project.ID
}

func newHouse(t *testing.T) *house {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	now := clock.Clock(func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) })
	h := &house{t: t, projects: project.New(project.Deps{DB: dbtest.New(t), Clock: now, Places: places, OrgNamed: func(context.Context, *db.Tx, string) (access.OrgID, error) { return "", nil }})}
	h.entries = entry.New(entry.Deps{DB: h.projects.DB, Clock: now, Projects: h.projects})
	in, err := h.projects.TakeIn(context.Background(), system, h.document(project.Reported))
	if err != nil {
		t.Fatal(err)
	}
	h.parent = in.Project
	return h
}

var system = access.SystemActor("test")

// document is a project with a general measure and two groups with a sub-project each.
func (h *house) document(s project.State) project.Document {
	d := project.Document{DocumentProject: project.DocumentProject{Code: "p", Title: i18n.Text{NB: "Prosjektet"}, State: project.Running},
		Groups: []project.DocumentGroup{{Code: "unge", Title: i18n.Text{NB: "Unge"}}, {Code: "andre", Title: i18n.Text{NB: "Andre"}}}}
	for i, group := range []string{"andre", "unge", ""} {
		d.Projects = append(d.Projects, project.DocumentProject{Code: fmt.Sprint(i), Title: i18n.Text{NB: "Delprosjekt " + fmt.Sprint(i)}, Group: group, State: s})
	}
	return d
}

func (h *house) get(p project.ID) project.Detail {
	h.t.Helper()
	d, err := h.projects.Get(context.Background(), system, p)
	if err != nil {
		h.t.Fatal(err)
	}
	return d
}

var whole = entry.Content{Short: "Vi gjorde det.", Attainment: entry.Reached, AttainmentText: "Alle var med.", Follow: entry.Continued, FollowText: "Kommunen fortsetter.", Contact: "Næringsrådgiveren"}

// TestEntryAndCompendium: what is half-written is for its writers alone; with all three fields
// the project goes into the compendium, in the order of the groups, and off the list of those
// that are missing.
func TestEntryAndCompendium(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	c, err := h.entries.Compendium(ctx, access.Actor{}, h.parent)
	if err != nil || len(c.Chapters) != 3 || c.Chapters[0].Code != "" || c.Chapters[1].Code != "unge" || c.Chapters[2].Code != "andre" || len(c.Missing) != 3 || c.All != 3 {
		t.Fatalf("%+v %v", c, err)
	}
	first := c.Chapters[0].Items[0].ID
	half := whole
	half.FollowText = ""
	if err := h.entries.Save(ctx, system, first, 0, half); err != nil {
		t.Fatal(err)
	}
	if e, err := h.entries.Of(ctx, access.Actor{}, h.get(first)); err != nil || e.Short != "" || h.get(first).State != project.Reported {
		t.Errorf("half-written, others read %+v, and it is %s", e, h.get(first).State)
	}
	mine, err := h.entries.Of(ctx, system, h.get(first))
	if err != nil || mine.Short == "" || mine.Contact == "" {
		t.Errorf("its writer reads %+v, %v", mine, err)
	}
	if err := h.entries.Save(ctx, system, first, mine.Version, whole); err != nil {
		t.Fatal(err)
	}
	if err := h.entries.Save(ctx, system, first, mine.Version, whole); !fault.Is(err, fault.Stale) {
		t.Errorf("from the form as it was: %v", err)
	}
	if err := h.entries.Save(ctx, system, first, 0, whole); !fault.Is(err, fault.Stale) {
		t.Errorf("written by two at once: %v", err)
	}
	e, err := h.entries.Of(ctx, access.Actor{}, h.get(first))
	if err != nil || e.Short == "" || e.Contact != "" || h.get(first).State != project.Compiled {
		t.Errorf("others read %+v, and it is %s", e, h.get(first).State)
	}
	if c, err = h.entries.Compendium(ctx, access.Actor{}, h.parent); err != nil || len(c.Missing) != 2 || c.Chapters[0].Items[0].Entry == nil || c.Chapters[0].Items[0].Entry.Contact != "" {
		t.Errorf("%+v %v", c, err)
	}
	if _, err := h.projects.TakeIn(ctx, system, h.document(project.Running)); err != nil || h.get(first).State != project.Compiled {
		t.Errorf("taken in again it is %s, %v", h.get(first).State, err)
	}
}

// TestWhatIsTooLong: each field has its number of words, and what is more is refused where it
// was written.
func TestWhatIsTooLong(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	p := h.get(h.parent).Children[0].ID
	words := func(n int) string { return strings.TrimSpace(strings.Repeat("ord ", n)) }
	for field, c := range map[string]entry.Content{"short": {Short: words(151)}, "attainment_text": {AttainmentText: words(101)}, "follow_text": {FollowText: words(101)}, "attainment": {Attainment: "kanskje"},
		"follow": {Follow: "aldri"}, "contact": {Contact: words(100)}} {
		f, ok := fault.As(h.entries.Save(ctx, system, p, 0, c))
		if !ok || len(f.Fields) != 1 || f.Fields[0].Name != field {
			t.Errorf("%s: %+v", field, f)
		}
	}
	if err := h.entries.Save(ctx, system, p, 0, entry.Content{Short: words(150), AttainmentText: words(100), FollowText: words(100)}); err != nil {
		t.Errorf("as long as may be: %v", err)
	}
}

// TestWhoWrites: the owner's people, those of the parent's owner, and the county.
func TestWhoWrites(t *testing.T) {
	ctx, h := context.Background(), newHouse(t)
	p := h.get(h.parent).Children[0]
	d := project.Detail{Project: p, Above: &project.Project{OwnerOrg: owner}}
	at := func(r access.Role, o access.OrgID) access.Actor {
		return access.Actor{Account: "0190f5fe-7c00-7a00-8000-000000000001", Roles: []access.Assignment{{Role: r, Org: o}}}
	}
	for name, c := range map[string]struct {
		actor access.Actor
		want  bool
	}{
		"nobody": {access.Actor{}, false}, "the parent's owner": {at(access.RoleOrgMember, owner), true}, "another": {at(access.RoleOrgMember, "0190f5fe-7c00-7a00-8000-00000000000b"), false},
		"a learner there": {at(access.RolePerson, owner), false}, "who runs the service": {at(access.RoleSysadmin, ""), false},
	} {
		if got := project.CanChange(c.actor, d); got != c.want {
			t.Errorf("%s writes: %v", name, got)
		}
	}
	stranger := at(access.RoleOrgMember, owner)
	if err := h.entries.Save(ctx, stranger, p.ID, 0, whole); !fault.Is(err, fault.Denied) {
		t.Errorf("a stranger: %v", err)
	}
	if err := h.entries.SetDue(ctx, stranger, h.parent, 0, clock.MustDate("2026-12-24")); !fault.Is(err, fault.Denied) {
		t.Errorf("a stranger sets the day: %v", err)
	}
	if err := h.entries.SetDue(ctx, system, h.parent, 0, clock.Date{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no day: %v", err)
	}
	for _, day := range []string{"2026-12-24", "2026-12-31"} {
		c, err := h.entries.Compendium(ctx, access.Actor{}, h.parent)
		if err == nil {
			err = h.entries.SetDue(ctx, system, h.parent, c.Version, clock.MustDate(day))
		}
		if c, _ = h.entries.Compendium(ctx, access.Actor{}, h.parent); err != nil || c.Due.String() != day {
			t.Errorf("%s: %v", c.Due, err)
		}
	}
}

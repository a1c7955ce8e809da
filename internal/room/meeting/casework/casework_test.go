package casework_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
	"kompetansetorg/internal/room/meeting/casework/treatment"
	"kompetansetorg/internal/room/meeting/casework/writing"
	"kompetansetorg/internal/room/meeting/rule"
)

var (
	today  = clock.MustDate("2026-11-21")
	system = access.SystemActor("test")
)

func fixed() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }

// house has two councils with secretariats of their own, and those who may and may
// not: the secretary, a mayor, an observer, the secretary of the other council.
type house struct {
	*casework.Service
	papers         *writing.Service
	treated        *treatment.Service
	t              *testing.T
	council, other meeting.BodyID
	readers        map[string]access.Actor
	figure         int // what the register of the test answers
}

func open(t *testing.T) *house {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.New(t)
	bodies := meeting.New(d, fixed, places)
	h := &house{t: t, figure: 5}
	h.Service = casework.New(casework.Deps{DB: d, Clock: fixed, Bodies: bodies})
	h.treated = treatment.New(h.Service)
	h.papers = writing.New(h.Service, []writing.Source{{Name: "antall", Read: func(_ context.Context, _ i18n.Lang, what string) (casepaper.Figures, bool, error) {
		return casepaper.Figures{Title: "Antall", Value: fmt.Sprint(h.figure), AsOf: today, Source: "prøven"}, what == "alle", nil
	}}})
	h.Objects = object.New(casework.Object(h.Service), casework.DocumentObject(h.Service))
	orgs := org.New(d, fixed, func(string) bool { return true })
	ids := map[string]access.OrgID{}
	for _, name := range []string{"Rådet", "Naborådet", "Melhus", "Fylket"} {
		o, err := orgs.Register(t.Context(), system, org.Registration{Kind: org.Municipality, Name: name, Municipality: "5021"})
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = o.ID
	}
	from := clock.MustDate("2017-01-01")
	for name, b := range map[string]*meeting.BodyID{"Rådet": &h.council, "Naborådet": &h.other} {
		if *b, err = bodies.Create(t.Context(), system, meeting.Body{Kind: meeting.Council, Name: name, Host: ids[name], Secretariat: ids[name], From: from}); err != nil {
			t.Fatal(err)
		}
	}
	h.readers = map[string]access.Actor{"visitor": {}, "system": system, "county": as(access.RoleCaseOfficer, ids["Fylket"]), "secretary": as(access.RoleSecretary, ids["Rådet"]),
		"neighbour": as(access.RoleSecretary, ids["Naborådet"]), "mayor": as(access.RoleMayor, ids["Melhus"]), "observer": as(access.RoleOrgMember, ids["Melhus"])}
	for k, account := range map[meeting.SeatKind]access.AccountID{rule.Mayor: "", rule.Observer: ""} {
		seat, err := bodies.AddSeat(t.Context(), system, meeting.Seat{Body: h.council, Org: ids["Melhus"], Kind: k, From: from})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := bodies.Appoint(t.Context(), system, meeting.Appointment{Holder: meeting.Holder{Seat: seat, Part: meeting.Member, Title: string(k), ElectedBy: "Kommunestyret 2023", From: from, Account: account}}); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func as(r access.Role, o access.OrgID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: r, Org: o}}}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) secretary() access.Actor { return h.readers["secretary"] }

func content() casework.Content {
	return casework.Content{Kind: casework.Decision, Title: "Kjøp av skyss", Officer: "Rådgiver, sekretariatet"}
}

// file opens a case of the council, on the agenda-to-be of a meeting.
func (h *house) file(in casework.Content) casework.ID {
	h.t.Helper()
	c, err := h.Create(h.t.Context(), h.secretary(), casework.NewCase{Content: in, Body: h.council})
	h.must(err)
	_, err = h.treated.Add(h.t.Context(), h.secretary(), c, casework.Treatment{Body: h.council, Number: "PS 22/26", Day: today.AddDays(9)})
	h.must(err)
	return c
}

func (h *house) write(c casework.ID, name, words string) {
	h.t.Helper()
	_, p, _, err := h.papers.Draft(h.t.Context(), h.secretary(), c)
	h.must(err)
	s, _ := p.Section(name)
	h.must(h.papers.SaveSection(h.t.Context(), h.secretary(), c, name, s.Version, s.Heading, words))
}

// issued takes a case all the way to all readers.
func (h *house) issued(in casework.Content) casework.ID {
	h.t.Helper()
	c := h.file(in)
	h.write(c, "background", "Vi trenger [[antall alle]] busser.")
	h.write(c, "recommendation", "Rådet kjøper skyss.")
	h.must(h.Move(h.t.Context(), h.secretary(), c, casework.Drafting, casework.Recommended, ""))
	_, err := h.papers.Issue(h.t.Context(), h.secretary(), c, "")
	h.must(err)
	return c
}

func TestFlow(t *testing.T) {
	for _, err := range casework.Flow().Check() {
		t.Error(err)
	}
}

// TestEachKindHasItsTemplate: a template is found by the kind of case it is for; what is
// to be decided has the ordinary one.
func TestEachKindHasItsTemplate(t *testing.T) {
	for _, k := range casework.Kinds() {
		want := string(k)
		if k == casework.Decision {
			want = "paper"
		}
		if got := casepaper.Named(string(k)); got.Name != want {
			t.Errorf("%s has %s", k, got.Name)
		}
	}
}

// TestNumbers: the register gives the next number of the archive and the year; the
// archive's own is taken once; another archive counts for itself.
func TestNumbers(t *testing.T) {
	h := open(t)
	var got []string
	for _, n := range []casework.Number{{}, {Year: 2026, Serial: 40}, {}, {Year: 2020, Serial: 10212}, {}} {
		c, err := h.Create(t.Context(), h.secretary(), casework.NewCase{Content: content(), Body: h.council, Number: n})
		h.must(err)
		d, err := h.Get(t.Context(), h.secretary(), c)
		h.must(err)
		got = append(got, d.Number.String())
	}
	if s := strings.Join(got, " "); s != "2026/1 2026/40 2026/41 2020/10212 2026/42" {
		t.Error(s)
	}
	_, err := h.Create(t.Context(), h.secretary(), casework.NewCase{Content: content(), Body: h.council, Number: casework.Number{Year: 2020, Serial: 10212}})
	if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Name != "number" {
		t.Errorf("taken number: %v", err)
	}
	_, err = h.Create(t.Context(), h.readers["neighbour"], casework.NewCase{Content: content(), Body: h.other, Number: casework.Number{Year: 2020, Serial: 10212}})
	h.must(err)
	if _, err := h.Create(t.Context(), h.readers["neighbour"], casework.NewCase{Content: content(), Body: h.council}); !fault.Is(err, fault.Invalid) {
		t.Errorf("in another's body: %v", err)
	}
}

// TestWhoReads: what each reader knows of a case in each state, by page, list, cards
// and words: "-" nothing, "n" the neutral title, "r" all, "w" writes.
func TestWhoReads(t *testing.T) {
	h := open(t)
	order := []string{"visitor", "county", "neighbour", "observer", "mayor", "secretary", "system"}
	secret := content()
	secret.Closed, secret.Ground, secret.PublicTitle = true, "staff", "Sak om forhandlinger"
	recommended := func(in casework.Content) casework.ID {
		c := h.file(in)
		h.write(c, "recommendation", "x")
		h.must(h.Move(t.Context(), h.secretary(), c, casework.Drafting, casework.Recommended, ""))
		return c
	}
	for name, x := range map[string]struct {
		file casework.ID
		want string
	}{
		"created":            {h.file(content()), "-----ww"},
		"closed, created":    {h.file(secret), "-----ww"},
		"recommended":        {recommended(content()), "----rww"},
		"closed recommended": {recommended(secret), "----rww"},
		"issued":             {h.issued(content()), "rrrrrww"},
		"closed, issued":     {h.issued(secret), "nnnnrww"},
	} {
		for i, who := range order {
			if got := h.known(h.readers[who], x.file); got != x.want[i:i+1] {
				t.Errorf("%s: %s knows %q, want %q", name, who, got, x.want[i:i+1])
			}
		}
	}
}

// known asks every surface of the room, which must agree.
func (h *house) known(a access.Actor, c casework.ID) string {
	h.t.Helper()
	ctx := h.t.Context()
	d, err := h.Get(ctx, a, c)
	if err != nil && !fault.Is(err, fault.NotFound) {
		h.t.Fatal(err)
	}
	out := map[casework.Sight]string{casework.None: "-", casework.Neutral: "n", casework.Reads: "r", casework.Writes: "w"}[d.Sight]
	in := func(f casework.Filter) *casework.Item {
		list, err := h.List(ctx, a, f)
		h.must(err)
		for _, x := range list {
			if x.ID == c {
				return &x
			}
		}
		return nil
	}
	item := in(casework.Filter{})
	if (item != nil) != (out != "-") || item != nil && (item.Title != d.Title || item.Sight != d.Sight) {
		h.t.Errorf("the list says %+v, the page %q", item, out)
	}
	if found := in(casework.Filter{Text: "skyss"}); (found != nil) != (out == "r" || out == "w") {
		h.t.Errorf("%q finds the title: %v", out, found != nil)
	}
	var cards []object.Card
	var files map[object.Ref]object.Card
	h.must(h.DB.Read(ctx, func(tx *db.Tx) error {
		one, err := h.Objects.Cards(ctx, tx, a, []object.Ref{{Kind: casework.FlowKind, ID: string(c)}})
		for _, x := range one {
			cards = append(cards, x)
		}
		if err == nil && len(d.Documents) > 0 {
			files, err = h.Objects.Cards(ctx, tx, a, []object.Ref{{Kind: casework.DocumentKind, ID: string(d.Documents[0].ID)}})
		}
		return err
	}))
	if (len(cards) == 1) != (out != "-") || len(cards) == 1 && cards[0].Title.NB != d.Title {
		h.t.Errorf("%q: cards %+v, title %q", out, cards, d.Title)
	}
	_, versions, err := h.Versions(ctx, a, c)
	switch out {
	case "n":
		if d.Title != "Sak om forhandlinger" || len(d.Inputs)+len(d.Links)+len(d.History) > 0 || d.Issued != nil || d.HasPlan() || !d.Documents[0].Held() || len(files) > 0 {
			h.t.Errorf("neutral reader: %+v", d)
		}
		if !fault.Is(err, fault.NotFound) {
			h.t.Errorf("neutral reader has versions: %v %v", versions, err)
		}
	case "-":
		if !fault.Is(err, fault.NotFound) {
			h.t.Errorf("versions of what is not seen: %v", err)
		}
	}
	return out
}

// TestOthersDoNotWrite: every use case that changes a case refuses who does not keep
// it, as Denied when he knows of it and NotFound when he does not.
func TestOthersDoNotWrite(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	open, hidden := h.issued(content()), h.file(content())
	for name, try := range map[string]func(access.Actor, casework.ID) error{
		"edit": func(a access.Actor, c casework.ID) error { return h.Edit(ctx, a, c, 1, content()) },
		"section": func(a access.Actor, c casework.ID) error {
			return h.papers.SaveSection(ctx, a, c, "facts", 1, "F", "x")
		},
		"header": func(a access.Actor, c casework.ID) error { return h.papers.SaveHeader(ctx, a, c, 1, "") },
		"keep":   func(a access.Actor, c casework.ID) error { _, err := h.papers.Keep(ctx, a, c, ""); return err },
		"issue":  func(a access.Actor, c casework.ID) error { _, err := h.papers.Issue(ctx, a, c, ""); return err },
		"accept": func(a access.Actor, c casework.ID) error { return h.papers.Accept(ctx, a, c, "x", "fordi") },
		"reopen": func(a access.Actor, c casework.ID) error { return h.papers.Reopen(ctx, a, c, "x") },
		"input": func(a access.Actor, c casework.ID) error {
			return h.AddInput(ctx, a, c, casework.Input{Sender: "A", Day: today, Words: "b"})
		},
		"answer": func(a access.Actor, c casework.ID) error { return h.AnswerInput(ctx, a, c, "x", 1, "gjort") },
		"link": func(a access.Actor, c casework.ID) error {
			return h.AddLink(ctx, a, c, object.Ref{Kind: "case", ID: string(open)})
		},
		"unlink": func(a access.Actor, c casework.ID) error {
			return h.RemoveLink(ctx, a, c, object.Ref{Kind: "case", ID: string(open)})
		},
		"plan":   func(a access.Actor, c casework.ID) error { return h.SetPlan(ctx, a, c, 1, casework.Plan{}) },
		"remove": func(a access.Actor, c casework.ID) error { return h.treated.Remove(ctx, a, c, "x") },
		"move": func(a access.Actor, c casework.ID) error {
			return h.Move(ctx, a, c, casework.Created, casework.Drafting, "")
		},
		"treatment": func(a access.Actor, c casework.ID) error {
			_, err := h.treated.Add(ctx, a, c, casework.Treatment{Body: h.council})
			return err
		},
		"treat": func(a access.Actor, c casework.ID) error {
			return h.treated.Treat(ctx, a, c, casework.Treatment{ID: "x", Day: today, Result: casework.Adopted})
		},
		"document": func(a access.Actor, c casework.ID) error {
			_, err := h.AddDocument(ctx, a, c, casework.Document{Letter: "I", Title: "x", Day: today})
			return err
		},
	} {
		for _, who := range []string{"visitor", "county", "neighbour", "mayor"} {
			if err := try(h.readers[who], open); !fault.Is(err, fault.Denied) {
				t.Errorf("%s by %s: %v", name, who, err)
			}
			if err := try(h.readers[who], hidden); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s by %s of what is hidden: %v", name, who, err)
			}
		}
	}
}

// TestDocumentGround: a document with a ground of its own keeps title and version of
// its paper from those without, in an open case too.
func TestDocumentGround(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	c := h.issued(content())
	id, err := h.AddDocument(ctx, h.secretary(), c, casework.Document{Letter: "I", Title: "Forhandlingsnotat", Day: today, Ground: "23"})
	h.must(err)
	_, err = h.papers.Issue(ctx, h.secretary(), c, "")
	h.must(err)
	for who, sees := range map[string]bool{"visitor": false, "county": false, "observer": false, "mayor": true, "secretary": true} {
		d, err := h.Get(ctx, h.readers[who], c)
		h.must(err)
		if d.Documents[1].Held() == sees || (d.Issued.Frozen.Documents[1].Title == "") == sees || d.Documents[1].Ground != "23" {
			t.Errorf("%s: %+v %+v", who, d.Documents, d.Issued.Frozen.Documents)
		}
		if _, _, _, err := h.Document(ctx, h.readers[who], id); (err == nil) != sees || err != nil && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: document %v", who, err)
		}
		list, err := h.List(ctx, h.readers[who], casework.Filter{Text: "forhandlingsnotat"})
		h.must(err)
		if (len(list) > 0) != sees {
			t.Errorf("%s finds by the title: %v", who, len(list) > 0)
		}
	}
}

func TestResolve(t *testing.T) {
	h := open(t)
	open := h.issued(content())
	hidden := h.file(content()) // has the number PS 22/26 too, but is not known
	d, err := h.Get(t.Context(), h.secretary(), open)
	h.must(err)
	got, err := h.Resolve(t.Context(), access.Actor{}, []string{"PS 22/26", d.Number.String() + "-1", "FT 1/20", "tull"})
	h.must(err)
	if got["PS 22/26"] != open || got[d.Number.String()+"-1"] != open || len(got) != 2 {
		t.Errorf("%v", got)
	}
	got, err = h.Resolve(t.Context(), h.secretary(), []string{"PS 22/26"})
	h.must(err)
	if len(got) != 0 {
		t.Errorf("two cases have the number, %s too: %v", hidden, got)
	}
}

package personweb_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

const (
	madeBy      db.SQL = `SELECT created_by FROM need WHERE id = $1`
	wordsOf     db.SQL = `SELECT what || extension || answer || state FROM person_request WHERE id = $1`
	valuesAbout db.SQL = `SELECT COUNT(*) FROM audit_value AS v JOIN audit_entry AS e ON e.seq = v.seq
		WHERE v.personal AND e.subject_kind = $1 AND e.subject_id = $2`
	// What others than the account wrote, but for one value.
	valuesOfOthers db.SQL = `SELECT COUNT(*) FROM audit_value AS v JOIN audit_entry AS e ON e.seq = v.seq
		WHERE v.personal AND e.subject_kind = $1 AND e.subject_id = $2 AND e.actor <> $3 AND v.value <> $4`
	valuesLike   db.SQL = `SELECT COUNT(*) FROM audit_value AS v JOIN audit_entry AS e ON e.seq = v.seq WHERE v.value = $1 AND e.subject_id = $2`
	draftsLeft   db.SQL = `SELECT COUNT(*) FROM need WHERE created_by = $1 AND state = 'draft'`
	sessionsLike db.SQL = `SELECT COUNT(*) FROM session WHERE data LIKE $1`
	uploadsOf    db.SQL = `SELECT COUNT(*) FROM need_import WHERE owner = $1`
)

func scalar[T any](t *testing.T, h *sitetest.House, statement db.SQL, args ...any) (out T) {
	t.Helper()
	err := h.DB().Read(t.Context(), func(tx *db.Tx) error {
		var err error
		out, err = db.Scalar[T](t.Context(), tx, statement, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// holds fails unless the log is whole.
func holds(t *testing.T, h *sitetest.House) {
	t.Helper()
	if report, err := audit.Verify(t.Context(), h.DB()); err != nil || report.Broken != 0 {
		t.Errorf("the log: %+v, %v", report, err)
	}
}

// someone is a person with an account of their own and the adviser's role.
func someone(t *testing.T, h *sitetest.House) (access.Actor, *sitetest.Client) {
	t.Helper()
	const password = "en lang setning om høvling"
	role := h.Actor("adviser").Roles[0]
	a, token, err := h.Accounts.Invite(t.Context(), h.Actor("admin"), account.NewAccount{Username: "kari@example.no", Name: "Kari Nordfjell",
		Roles: []access.Assignment{{Role: role.Role, Org: role.Org}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Accounts.Accept(t.Context(), token, account.NewAccount{Password: password}); err != nil {
		t.Fatal(err)
	}
	actor, err := h.Accounts.ActorOf(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	c := h.Visitor()
	if p := c.Post("/logg-inn", url.Values{"username": {"kari@example.no"}, "password": {password}}); p.Status != http.StatusSeeOther {
		t.Fatalf("sign in: %d", p.Status)
	}
	return actor, c
}

// mine is a need that the actor registered.
func mine(t *testing.T, h *sitetest.House, actor access.Actor) object.Ref {
	t.Helper()
	_, rows, err := h.Persons.Rows(t.Context(), actor, "need")
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(rows, func(r person.Row) bool {
		return r.Thing.Kind == need.FlowKind && r.By == "created_by" && !slices.Contains(r.Values, any("draft"))
	})
	if i < 0 {
		t.Fatal("no need of the actor's")
	}
	return rows[i].Thing
}

func ask(t *testing.T, h *sitetest.House, actor access.Actor, thing object.Ref) person.RequestID {
	t.Helper()
	bodies, err := h.Persons.Bodies(t.Context(), thing)
	if err != nil || len(bodies) == 0 {
		t.Fatalf("bodies %v, %v", bodies, err)
	}
	r, err := h.Persons.Send(t.Context(), actor, person.Ask{Org: bodies[0], Thing: thing, What: "Kari Nordfjell står som den som meldte"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAPersonSeesAndTakesOutAll(t *testing.T) {
	h := sitetest.New(t)
	c := h.As("adviser")
	p := c.Get("/konto/data")
	if p.Status != http.StatusOK || !p.Has("a[href='/konto/data/need']") || p.Has("a[href='/konto/data/failures']") {
		t.Errorf("the page: %d", p.Status)
	}
	for _, k := range h.Persons.Register.Kinds {
		if !p.Has("tr#" + k.ID) {
			t.Errorf("%s is not on the page", k.ID)
		}
	}
	if p := c.Get("/konto/data/need"); p.Status != http.StatusOK || len(p.All("tbody tr")) == 0 || !p.Has("a[href^='/konto/slettekrav?kind=need']") {
		t.Errorf("the needs: %d", p.Status)
	}
	for _, path := range []string{"/konto/data/nothing", "/konto/data/session"} {
		if p := c.Get(path); p.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, p.Status)
		}
	}
	var out struct {
		Kept struct {
			Register map[string]map[string][]map[string]any `json:"register"`
		} `json:"kept"`
	}
	if err := json.Unmarshal([]byte(c.Get("/konto/mine-data.json").Body), &out); err != nil {
		t.Fatal(err)
	}
	held, err := h.Persons.Held(t.Context(), h.Actor("adviser"))
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range held {
		n := 0
		for _, rows := range out.Kept.Register[k.ID] {
			n += len(rows)
		}
		if n != k.Count {
			t.Errorf("%s: %d in the file, %d on the page", k.ID, n, k.Count)
		}
	}
	sheet := c.Get("/konto/mine-data.csv")
	if sheet.Status != http.StatusOK || !strings.Contains(sheet.Body, "B-2026-") || strings.Contains(sheet.Body, "argon2") {
		t.Errorf("the sheet: %d", sheet.Status)
	}
}

// TestWhoMayDoWhat is the matrix of roles and acts about one request.
func TestWhoMayDoWhat(t *testing.T) {
	h := sitetest.New(t)
	adviser := h.Actor("adviser")
	r := ask(t, h, adviser, object.Ref{})
	for role, want := range map[string]struct{ list, see, answer bool }{
		"adviser": {false, true, false}, "employer": {}, "provider": {true, false, false}, "learner": {}, "admin": {}, "secretary": {}, "county": {true, true, true},
	} {
		actor := h.Actor(role)
		_, err := h.Persons.ToAnswer(t.Context(), actor, "")
		if (err == nil) != want.list || err != nil && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s lists: %v", role, err)
		}
		_, err = h.Persons.Get(t.Context(), actor, r)
		if (err == nil) != want.see || err != nil && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s sees: %v", role, err)
		}
		// A wrong version: who may answer is told that it is stale.
		err = h.Persons.Grant(t.Context(), actor, r, 99, "Ja")
		if got := fault.Is(err, fault.Stale); got != want.answer || !got && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s answers: %v", role, err)
		}
		p := h.As(role).Get("/slettekrav/" + string(r))
		if (p.Status == http.StatusOK) != want.see || p.Has("[name=outcome]") != want.answer {
			t.Errorf("%s opens the page: %d", role, p.Status)
		}
		if retained, err := h.Persons.WouldRetain(t.Context(), actor); (err == nil) != (role == "admin") || err == nil && len(retained) == 0 {
			t.Errorf("%s looks at retention: %v", role, err)
		}
	}
	if p := h.Visitor().Get("/slettekrav/" + string(r)); p.Status == http.StatusOK {
		t.Error("a visitor sees it")
	}
	// What one may not see cannot be asked about either.
	employer := h.Actor("learner")
	bodies, _ := h.Persons.Bodies(t.Context(), object.Ref{})
	if _, err := h.Persons.Send(t.Context(), employer, person.Ask{Org: bodies[0], Thing: object.Ref{Kind: "need", ID: "01980000-0000-7000-8000-000000000000"}, What: "x"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("about what is not there: %v", err)
	}
	if _, err := h.Persons.Send(t.Context(), employer, person.Ask{Org: employer.Roles[0].Org, What: " "}); !fault.Is(err, fault.Invalid) {
		t.Errorf("nothing, to nobody: %v", err)
	}
}

// TestGrantTakesThePersonOut of the thing's rows and its log, and the log holds.
func TestGrantTakesThePersonOut(t *testing.T) {
	h := sitetest.New(t)
	adviser, county := h.Actor("adviser"), h.Actor("county")
	thing := mine(t, h, adviser)
	about := audit.Subject{Kind: thing.Kind, ID: thing.ID}
	err := h.DB().Write(t.Context(), func(tx *db.Tx) error {
		audit.Record(tx, clock.At(sitetest.Now), adviser, "need.edit", about, audit.PersonalField("contact", "", "Kari Nordfjell"))
		audit.Record(tx, clock.At(sitetest.Now), county, "need.edit", about, audit.PersonalField("contact", "Kari Nordfjell", "Ola Sørdal"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	others := scalar[int](t, h, valuesOfOthers, thing.Kind, thing.ID, string(adviser.Account), "Kari Nordfjell")
	if others == 0 {
		t.Fatal("nobody else wrote in the log")
	}
	r := ask(t, h, adviser, thing)
	if err := h.Persons.Grant(t.Context(), county, r, 1, " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a reason: %v", err)
	}
	if got := scalar[string](t, h, madeBy, thing.ID); got != string(adviser.Account) {
		t.Errorf("taken out before: %q", got)
	}
	if err := h.Persons.Grant(t.Context(), county, r, 1, "Navnet er tatt bort."); err != nil {
		t.Fatal(err)
	}
	if got := scalar[string](t, h, madeBy, thing.ID); got != person.Erased {
		t.Errorf("made by %q", got)
	}
	if n := scalar[int](t, h, valuesLike, "Kari Nordfjell", thing.ID); n != 0 {
		t.Errorf("the name stands %d times in the log", n)
	}
	if n := scalar[int](t, h, valuesOfOthers, thing.Kind, thing.ID, string(adviser.Account), "Kari Nordfjell"); n != others {
		t.Errorf("%d of %d values of others are left", n, others)
	}
	holds(t, h)
	told(t, h, about, string(person.ActionErase))
	told(t, h, audit.Subject{Kind: "person_request", ID: string(r)}, string(person.ActionGrant))
	got, err := h.Persons.Get(t.Context(), adviser, r)
	if err != nil || got.State != person.Granted || got.Answer == "" || got.Seen {
		t.Errorf("%+v, %v", got, err)
	}
	if err := h.Persons.Refuse(t.Context(), county, r, got.Version, person.GroundArchive, "Likevel ikke"); !fault.Is(err, fault.Conflict) {
		t.Errorf("answered twice: %v", err)
	}
	if p := h.As("county").Get("/behov/" + thing.ID); p.Status != http.StatusOK {
		t.Errorf("the need afterwards: %d", p.Status)
	}
}

func TestRefuseExtendAndDeadline(t *testing.T) {
	h := sitetest.New(t)
	adviser, county := h.Actor("adviser"), h.Actor("county")
	r := ask(t, h, adviser, object.Ref{})
	x, err := h.Persons.Get(t.Context(), county, r)
	if err != nil || x.Due.String() != "2026-12-21" || x.Overdue(x.Due) || !x.Overdue(x.Due.AddDays(1)) {
		t.Fatalf("due %s, %v", x.Due, err)
	}
	if err := h.Persons.Refuse(t.Context(), county, r, 1, "because", "Nei"); !fault.Is(err, fault.Invalid) {
		t.Errorf("without a ground: %v", err)
	}
	if err := h.Persons.Extend(t.Context(), county, r, 1, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("later without a reason: %v", err)
	}
	if err := h.Persons.Extend(t.Context(), county, r, 1, "Saken er stor"); err != nil {
		t.Fatal(err)
	}
	if x, _ = h.Persons.Get(t.Context(), adviser, r); x.Due.String() != "2027-02-21" || x.Extension == "" {
		t.Errorf("later: %+v", x)
	}
	if err := h.Persons.Extend(t.Context(), county, r, x.Version, "Enda større"); !fault.Is(err, fault.Conflict) {
		t.Errorf("later twice: %v", err)
	}
	h.Wait(100 * 24 * time.Hour)
	if p := h.As("county").Get("/slettekrav"); !strings.Contains(p.Text("tbody"), "Over fristen") {
		t.Errorf("the list: %q", p.Text("tbody"))
	}
	c := h.As("county")
	p := c.Post("/slettekrav/"+string(r)+"/svar", url.Values{"version": {"2"}, "outcome": {"refused"}, "answer": {"Behovet er et saksdokument"}})
	if p.Status != http.StatusUnprocessableEntity || !p.Has("#ground-error") || !strings.Contains(p.Text("#answer"), "saksdokument") {
		t.Errorf("refused without a ground: %d", p.Status)
	}
	p = c.Post("/slettekrav/"+string(r)+"/svar", url.Values{"version": {"2"}, "outcome": {"refused"}, "ground": {"archive"}, "answer": {"Behovet er et saksdokument"}})
	if p.Status != http.StatusSeeOther {
		t.Fatalf("refused: %d %s", p.Status, p.Text(".ds-error-summary"))
	}
	own := h.As("adviser")
	if p := own.Get("/konto/data"); !strings.Contains(p.Text("section[aria-labelledby=requests]"), "Nytt svar") {
		t.Error("the answer is not told")
	}
	if p := own.Get("/slettekrav/" + string(r)); !strings.Contains(p.Text("main"), "art. 17 nr. 3 d") || !p.Has("a[href='https://www.datatilsynet.no/']") {
		t.Error("ground and complaint are not told")
	}
	if p := own.Post("/slettekrav/"+string(r)+"/lest", nil); p.Status != http.StatusSeeOther {
		t.Errorf("read: %d", p.Status)
	}
	if p := own.Get("/konto/data"); strings.Contains(p.Text("section[aria-labelledby=requests]"), "Nytt svar") {
		t.Error("the answer is still new")
	}
}

// TestDeletingTakesAllThatIsOnesOwn: drafts, uploads, sessions, words of requests;
// records stay, and the log holds.
func TestDeletingTakesAllThatIsOnesOwn(t *testing.T) {
	h := sitetest.New(t)
	kari, c := someone(t, h)
	if p := c.Post("/behov/utkast", url.Values{"text": {"Et utkast om Kari"}}); p.Status != http.StatusSeeOther {
		t.Fatalf("draft: %d", p.Status)
	}
	if n := scalar[int](t, h, draftsLeft, string(kari.Account)); n != 1 {
		t.Fatalf("%d drafts", n)
	}
	r := ask(t, h, kari, object.Ref{})
	p := c.Get("/konto/slett")
	if p.Status != http.StatusOK || !p.Has("#gone") || !strings.Contains(p.Text("section[aria-labelledby=stays]"), "Krav om sletting") {
		t.Errorf("the page before: %d %q", p.Status, p.Text("main"))
	}
	if goes, stays := p.Text("section[aria-labelledby=gone]"), p.Text("section[aria-labelledby=stays]"); !strings.Contains(goes, "Behov du har meldt eller endret (1)") || strings.Contains(stays, "Behov du har meldt") {
		t.Errorf("the draft: goes %q, stays %q", goes, stays)
	}
	if p := c.Post("/konto/slett", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("delete: %d", p.Status)
	}
	for what, n := range map[string]int{
		"drafts":   scalar[int](t, h, draftsLeft, string(kari.Account)),
		"uploads":  scalar[int](t, h, uploadsOf, string(kari.Account)),
		"sessions": scalar[int](t, h, sessionsLike, "%"+string(kari.Account)+"%"),
		"values":   scalar[int](t, h, valuesAbout, "person_request", string(r)),
	} {
		if n != 0 {
			t.Errorf("%d %s are left", n, what)
		}
	}
	if got := scalar[string](t, h, wordsOf, string(r)); got != string(person.Withdrawn) {
		t.Errorf("the request: %q", got)
	}
	holds(t, h)
	if list, err := h.Persons.ToAnswer(t.Context(), h.Actor("county"), ""); err != nil || len(list.Items) != 1 || list.Items[0].State.Open() {
		t.Errorf("the body still has it: %+v, %v", list, err)
	}
}

// TestTheNightDeletesWhatHasPassedItsTime, and not what has not; looking at what
// it would delete deletes nothing.
func TestTheNightDeletesWhatHasPassedItsTime(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "files")
	h := sitetest.With(t, site.Config{Demo: true, Files: folder})
	// What a program that died left: a content without a row. The files of rows
	// become as old.
	orphan := filepath.Join(folder, "ab", strings.Repeat("ab", 32))
	if err := os.MkdirAll(filepath.Dir(orphan), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(orphan, []byte("etterlatt"), 0o600); err != nil {
		t.Fatal(err)
	}
	age := func() {
		then := time.Now().Add(-48 * time.Hour)
		files, _ := filepath.Glob(filepath.Join(folder, "*", "*"))
		for _, path := range files {
			if err := os.Chtimes(path, then, then); err != nil {
				t.Fatal(err)
			}
		}
	}
	adviser, admin := h.Actor("adviser"), h.Actor("admin")
	r := ask(t, h, adviser, object.Ref{})
	x, _ := h.Persons.Get(t.Context(), adviser, r)
	if err := h.Persons.Refuse(t.Context(), h.Actor("county"), r, x.Version, person.GroundNothing, "Ingenting"); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Accounts.IssueToken(t.Context(), adviser.Account); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Uploads.Keep(t.Context(), adviser, &sheet.Book{Name: "behov.csv"}, upload.Choices{}); err != nil {
		t.Fatal(err)
	}
	kari, _ := someone(t, h)
	if p := h.Visitor().Post("/logg-inn", url.Values{"username": {"kari@example.no"}, "password": {"gjetning"}}); p.Status != http.StatusUnprocessableEntity {
		t.Fatalf("a guess: %d", p.Status)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil { // notices and letters are made
		t.Fatal(err)
	}
	would := func() map[string]int64 {
		t.Helper()
		list, err := h.Persons.WouldRetain(t.Context(), admin)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]int64{}
		for _, s := range list {
			out[s.Kind] = s.N
		}
		return out
	}
	for kind, n := range would() {
		if n != 0 {
			t.Errorf("on the same day it would delete %d of %s", n, kind)
		}
	}
	age()
	if n := would()["files"]; n != 1 {
		t.Errorf("%d orphans of files", n)
	}
	for _, step := range []struct {
		days int
		kind string
	}{{3, "keys"}, {0, "session"}, {0, "failures"}, {0, "upload"}, {0, "job"}, {40, "letter"}, {330, "notice"}, {370, "account"}, {0, "request"}} {
		h.Wait(time.Duration(step.days) * 24 * time.Hour)
		if before := would(); before[step.kind] == 0 || would()[step.kind] != before[step.kind] {
			t.Errorf("%d days later it would delete %d of %s", step.days, before[step.kind], step.kind)
		}
	}
	swept, err := h.Persons.Retain(t.Context())
	if err != nil || len(swept) == 0 {
		t.Fatal(err)
	}
	if _, err := os.Stat(orphan); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the orphan: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*", "*")); len(left) == 0 {
		t.Error("a file that has a row was deleted")
	}
	for kind, n := range would() {
		if n != 0 {
			t.Errorf("after the night %d of %s are left", n, kind)
		}
	}
	if _, err := h.Persons.Get(t.Context(), adviser, r); !fault.Is(err, fault.NotFound) {
		t.Errorf("the request: %v", err)
	}
	if _, err := h.Accounts.ActorOf(t.Context(), kari.Account); err == nil {
		t.Error("the idle account is left")
	}
	holds(t, h)
	if p := h.As("admin").Get("/administrasjon/oppbevaring"); p.Status != http.StatusOK || !p.Has("tr#letter") {
		t.Errorf("the page: %d", p.Status)
	}
}

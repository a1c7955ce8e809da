package attach_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/file"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

func upload(name, content string) attach.Upload {
	return attach.Upload{Name: name, Content: strings.NewReader(content), Size: int64(len(content))}
}

// house is a running house, its folder of files, and a need of the adviser's
// that few may see.
func house(t *testing.T) (*sitetest.House, string, object.Ref) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	h := sitetest.With(t, site.Config{Demo: true, Files: folder})
	n, err := h.Needs.Register(t.Context(), h.Actor("adviser"), need.Content{Text: "Vi trenger folk på høvelen", Firms: 3, Municipality: "5022", Headcount: 4,
		Confidentiality: need.Internal, ConfidentialityGround: "Forretningshemmelighet", Lang: "nb"})
	if err != nil {
		t.Fatal(err)
	}
	return h, folder, object.Ref{Kind: need.FlowKind, ID: string(n.ID)}
}

func contents(t *testing.T, folder string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(folder, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func keyAt(err error, field string) i18n.Key {
	if f, ok := fault.As(err); ok {
		for _, x := range f.Fields {
			if x.Name == field {
				return x.Key
			}
		}
	}
	return ""
}

func list(t *testing.T, h *sitetest.House, actor access.Actor, thing object.Ref) attach.List {
	t.Helper()
	l, err := h.Attach.List(t.Context(), actor, thing)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestADocumentsLife follows a document from the first version until it is taken
// away: what is kept, who reads it, what the log says.
func TestADocumentsLife(t *testing.T) {
	h, folder, thing := house(t)
	ctx, adviser, county := t.Context(), h.Actor("adviser"), h.Actor("county")
	before := contents(t, folder)
	first, err := h.Attach.Add(ctx, adviser, thing, upload(`C:\papirer\Krav på høvelen.txt`, "første"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.Attach.Get(ctx, county, first)
	if err != nil || v.Name != "Krav på høvelen.txt" || v.Nr != 1 || v.Size != 7 || v.Media != "text/plain; charset=utf-8" || v.By != adviser.Label() ||
		v.Role == "" || v.Org == "" || v.Thing != thing {
		t.Fatalf("%+v, %v", v, err)
	}
	if _, err := h.Attach.AddVersion(ctx, county, v.Document, upload("x.txt", "x")); !fault.Is(err, fault.Denied) {
		t.Errorf("the county only reads: %v", err)
	}
	second, err := h.Attach.AddVersion(ctx, adviser, v.Document, upload("Krav 2.txt", "andre"))
	if err != nil {
		t.Fatal(err)
	}
	l := list(t, h, county, thing)
	if len(l.Documents) != 1 || len(l.Documents[0].Versions) != 2 || l.Documents[0].Newest().ID != second || l.MayChange || !l.On {
		t.Errorf("the list: %+v", l)
	}
	if got := contents(t, folder); got != before+2 {
		t.Errorf("%d contents, want %d", got, before+2)
	}
	for _, reason := range []string{"", "  ", strings.Repeat("x", attach.MaxReason+1)} {
		if err := h.Attach.Remove(ctx, adviser, second, reason); keyAt(err, "reason") == "" {
			t.Errorf("reason %.5q: %v", reason, err)
		}
	}
	if err := h.Attach.Remove(ctx, county, second, "Fordi"); !fault.Is(err, fault.Denied) {
		t.Errorf("the county takes it away: %v", err)
	}
	if err := h.Attach.Remove(ctx, adviser, second, "Feil fil"); err != nil {
		t.Fatal(err)
	}
	if err := h.Attach.Remove(ctx, adviser, second, "En gang til"); !fault.Is(err, fault.NotFound) {
		t.Errorf("taken away twice: %v", err)
	}
	if _, _, err := h.Attach.Open(ctx, adviser, second); !fault.Is(err, fault.NotFound) {
		t.Errorf("what was taken away is given out: %v", err)
	}
	if l := list(t, h, adviser, thing); len(l.Removed) != 1 || l.Removed[0].Reason != "Feil fil" || l.Documents[0].Newest().ID != first {
		t.Errorf("its owner's list: %+v", l)
	}
	if l := list(t, h, county, thing); len(l.Removed) != 0 || len(l.Documents) != 1 {
		t.Errorf("the county's list: %+v", l)
	}
	if err := h.Jobs.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, folder); got != before+2 {
		t.Errorf("%d contents: a record was deleted", got)
	}
	_, content, err := h.Attach.Open(ctx, county, first)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	if data, err := io.ReadAll(content); err != nil || string(data) != "første" {
		t.Errorf("content %q, %v", data, err)
	}
	err = h.DB().Read(ctx, func(tx *db.Tx) error {
		log, n, err := audit.List(ctx, tx, access.SystemActor("test"), audit.Filter{Subject: audit.Subject{Kind: thing.Kind, ID: thing.ID}, Limit: 3})
		if err == nil && (n < 3 || log.Items[0].Action != attach.ActionRemove || log.Items[1].Action != attach.ActionAdd || !log.Items[0].Changes[0].Personal) {
			t.Errorf("the log: %+v", log.Items)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestWhatOneMayNotSee does not exist: neither the thing nor what hangs on it.
func TestWhatOneMayNotSee(t *testing.T) {
	h, _, thing := house(t)
	made, err := h.Attach.Add(t.Context(), h.Actor("adviser"), thing, upload("a.txt", "a"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := h.Attach.Get(t.Context(), h.Actor("adviser"), made)
	if err != nil {
		t.Fatal(err)
	}
	for name, actor := range map[string]access.Actor{"a provider": h.Actor("provider"), "a visitor": {}} {
		_, list := h.Attach.List(t.Context(), actor, thing)
		_, get := h.Attach.Get(t.Context(), actor, made)
		_, _, open := h.Attach.Open(t.Context(), actor, made)
		_, add := h.Attach.Add(t.Context(), actor, thing, upload("b.txt", "b"))
		_, version := h.Attach.AddVersion(t.Context(), actor, v.Document, upload("b.txt", "b"))
		remove := h.Attach.Remove(t.Context(), actor, made, "Fordi")
		_, nothing := h.Attach.Add(t.Context(), actor, object.Ref{Kind: "unknown", ID: "1"}, upload("b.txt", "b"))
		for i, err := range []error{list, get, open, add, version, remove, nothing} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %d: %v", name, i, err)
			}
		}
	}
}

// TestFilesOfADraftAreDeleted at once, alone or with the draft, but not content
// that something else has.
func TestFilesOfADraftAreDeleted(t *testing.T) {
	h, folder, thing := house(t)
	ctx, adviser := t.Context(), h.Actor("adviser")
	draft, err := h.Needs.SaveDraft(ctx, adviser, "", 0, need.Content{Text: "Et utkast"})
	if err != nil {
		t.Fatal(err)
	}
	ref := object.Ref{Kind: need.FlowKind, ID: string(draft.ID)}
	before := contents(t, folder)
	var made []attach.VersionID
	for _, content := range []string{"felles", "eget", "tredje"} {
		v, err := h.Attach.Add(ctx, adviser, ref, upload("a.txt", content))
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, v)
	}
	if _, err := h.Attach.Add(ctx, adviser, thing, upload("b.txt", "felles")); err != nil {
		t.Fatal(err)
	}
	drained := func(want int, when string) {
		t.Helper()
		if err := h.Jobs.Drain(ctx); err != nil {
			t.Fatal(err)
		}
		if got := contents(t, folder); got != before+want {
			t.Errorf("%s: %d contents, want %d", when, got-before, want)
		}
	}
	drained(3, "all there")
	if err := h.Attach.Remove(ctx, adviser, made[1], ""); err != nil {
		t.Fatal(err)
	}
	drained(2, "one taken away")
	if err := h.Needs.DeleteDraft(ctx, adviser, draft.ID, draft.Version); err != nil {
		t.Fatal(err)
	}
	drained(1, "the draft deleted")
	if l := list(t, h, adviser, thing); len(l.Documents) != 1 {
		t.Errorf("the other need has lost its file: %+v", l)
	}
}

// judge is a scanner that has made up its mind.
type judge struct {
	verdict file.Verdict
	err     error
	seen    string
}

func (j *judge) Scan(_ context.Context, r io.Reader) (file.Verdict, error) {
	data, err := io.ReadAll(r)
	j.seen = string(data)
	return j.verdict, errors.Join(err, j.err)
}

// TestTheScannerDecides: what it finds, and what it cannot look at, is refused
// and not kept.
func TestTheScannerDecides(t *testing.T) {
	h, folder, thing := house(t)
	before := contents(t, folder)
	for _, c := range []struct {
		j    judge
		want i18n.Key
	}{
		{judge{verdict: file.Verdict{Virus: "Made-Up"}}, "attach.error.infected"},
		{judge{err: errors.New("nobody there")}, "attach.error.scanner"},
		{judge{}, ""},
	} {
		s := attach.New(attach.Deps{DB: h.DB(), Clock: h.Attach.Clock, Objects: h.Objects, Store: h.Attach.Store, Scanner: &c.j, Log: h.Attach.Log})
		_, err := s.Add(t.Context(), h.Actor("adviser"), thing, upload("a.txt", "hele innholdet"))
		if got := keyAt(err, attach.Field); got != c.want || (c.want == "" && err != nil) {
			t.Errorf("%+v: %v", c.j, err)
		}
		if c.j.seen != "hele innholdet" {
			t.Errorf("scanned %q", c.j.seen)
		}
		if got := contents(t, folder); c.want != "" && got != before {
			t.Errorf("%s: kept", c.want)
		}
	}
}

// full is a store without room.
type full struct{ file.Store }

func (full) Put(context.Context, io.Reader, int64) (file.Sum, error) {
	return file.Sum{}, file.ErrFull
}

func TestRefusedFiles(t *testing.T) {
	h, folder, thing := house(t)
	before := contents(t, folder)
	add := func(s *attach.Service, u attach.Upload) error {
		_, err := s.Add(t.Context(), h.Actor("adviser"), thing, u)
		return err
	}
	noRoom := attach.New(attach.Deps{DB: h.DB(), Clock: h.Attach.Clock, Objects: h.Objects, Store: full{}, Log: h.Attach.Log})
	big := strings.Repeat("x", attach.MaxSize+1)
	lying := upload("a.txt", big)
	lying.Size = 10
	for name, c := range map[string]struct {
		s    *attach.Service
		u    attach.Upload
		want i18n.Key
	}{
		"a page":              {h.Attach, upload("a.html", "<p>"), "attach.error.format"},
		"another content":     {h.Attach, upload("a.pdf", "MZ"), "attach.error.content"},
		"empty":               {h.Attach, upload("a.txt", ""), "attach.error.empty"},
		"too large":           {h.Attach, upload("a.txt", big), "attach.error.too_large"},
		"larger than it says": {h.Attach, lying, "attach.error.too_large"},
		"no room":             {noRoom, upload("a.txt", "a"), "attach.error.full"},
	} {
		if err := add(c.s, c.u); keyAt(err, attach.Field) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	off := attach.New(attach.Deps{DB: h.DB(), Clock: h.Attach.Clock, Objects: h.Objects})
	if err := add(off, upload("a.txt", "a")); !fault.Is(err, fault.Unavailable) {
		t.Errorf("a house without files: %v", err)
	}
	if got := contents(t, folder); got != before {
		t.Errorf("%d contents were kept", got-before)
	}
	if l := list(t, h, h.Actor("adviser"), thing); len(l.Documents) != 0 {
		t.Errorf("documents: %+v", l.Documents)
	}
}

package roundweb_test

import (
	"bytes"
	"context"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/file/filetest"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/outreach/round"
	"kompetansetorg/internal/site"
	"kompetansetorg/internal/site/sitetest"
)

// filed is a house with a round whose form asks for files: a required question for
// at most two, one that hangs on a choice, and a number.
func filed(t *testing.T, firms int) (*house, round.ID) {
	t.Helper()
	return filedIn(t, open(t, firms))
}

func filedIn(t *testing.T, h *house) (*house, round.ID) {
	t.Helper()
	nb := func(s string) i18n.Text { return i18n.Text{NB: s} }
	d := question.Definition{Title: nb("Med filer"), Sections: []question.Section{{Name: "plan", Title: nb("Planen"), Questions: []question.Question{
		{Name: "fil", Kind: question.File, Label: nb("Legg ved planen"), Required: true, Limits: question.Limits{MaxFiles: 2}},
		{Name: "mer", Kind: question.Single, Label: nb("Er det mer?"), Choices: []question.Choice{{Code: "ja", Label: nb("Ja")}, {Code: "nei", Label: nb("Nei")}}},
		{Name: "ekstra", Kind: question.File, Label: nb("Det andre"), ShowIf: "${mer} = 'ja'"},
		{Name: "antall", Kind: question.Number, Label: nb("Hvor mange?")},
	}}}}
	system, actor, today := access.SystemActor("test"), h.Actor("adviser"), h.Today()
	form, err := h.Forms.Create(t.Context(), system, "med-filer", d)
	if err == nil {
		err = h.Forms.Publish(t.Context(), system, form, 1)
	}
	var r round.ID
	if err == nil {
		r, err = h.Rounds.Create(t.Context(), actor, round.Content{Hub: actor.Orgs()[0], Title: "Har dere en plan?", Form: form, Deadline: today.AddDays(14), Waves: []clock.Date{today}})
	}
	if err == nil {
		_, err = h.Rounds.Invite(t.Context(), actor, r, 1, h.firms)
	}
	if err == nil {
		err = h.Rounds.Start(t.Context(), actor, r, 1)
	}
	if err == nil {
		err = h.Jobs.Drain(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return h, r
}

// file is a file to send for a question.
type file struct{ asked, name, content string }

// sends posts the form with files, as a browser does: each field in its place.
func sends(t *testing.T, c *sitetest.Client, to string, fields url.Values, files ...file) sitetest.Page {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	names := make([]string, 0, len(fields))
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, v := range fields[name] {
			if err := w.WriteField(name, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range append([]file{{"fil", "", ""}}, files...) {
		part, err := w.CreateFormFile("answers."+f.asked, f.name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(f.content))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Send("POST", to, w.FormDataContentType(), &b)
}

// drawn are the fields of the section's page, without those for files.
func drawn(c *sitetest.Client, at string, answers url.Values) url.Values {
	out := asked(c.Get(at), answers)
	delete(out, "answers.fil")
	delete(out, "answers.ekstra")
	return out
}

const sent = ".kt-sent li"

// TestFilesOfAnAnswer: kept at once whatever else is wrong, listed, taken away,
// refused at their field, and standing still when the answer is handed in.
func TestFilesOfAnAnswer(t *testing.T) {
	h, r := filed(t, 1)
	link := "/svar/" + h.links(r)[0]
	c := h.Visitor()
	c.Post(link, nil)
	at := link + "/del/plan"
	page := c.Get(at)
	if page.Attr("main form", "enctype") != "multipart/form-data" || !strings.Contains(page.Text("[id='answers.fil-hint']"), "Høyst 2 filer") || !strings.Contains(page.Text("[id='answers.fil-hint']"), "pdf") {
		t.Fatalf("the field: %s", page.Text("main form"))
	}
	if p := sends(t, c, at, drawn(c, at, nil)); p.Status != http.StatusUnprocessableEntity || p.Text("[id='answers.fil-error']") == "" {
		t.Errorf("a required file: %d %v", p.Status, p.All(".ds-error-summary li"))
	}
	// Something else is wrong: the file is kept, and so is what was typed.
	p := sends(t, c, at, drawn(c, at, url.Values{"antall": {"mange"}}), file{"fil", "Plan for Ås.pdf", "%PDF-1.7 plan"})
	if p.Status != http.StatusUnprocessableEntity || p.Attr("[name='answers.antall']", "value") != "mange" || !strings.Contains(p.Text(sent), "Plan for Ås.pdf") || p.Has("[id='answers.fil-error']") {
		t.Fatalf("a wrong number beside a file: %d %s", p.Status, p.Text("main"))
	}
	for name, x := range map[string]file{"another content": {"fil", "b.png", "%PDF-"}, "a page": {"fil", "b.html", "<b>"}, "empty": {"fil", "b.txt", ""}, "too large": {"fil", "b.txt", strings.Repeat("x", attach.MaxSize+1)},
		"far too large": {"fil", "b.txt", strings.Repeat("x", attach.MaxSize+3<<20)}} {
		p = sends(t, c, at, drawn(c, at, url.Values{"antall": {"3"}}), x)
		if p.Status != http.StatusUnprocessableEntity || p.Text("[id='answers.fil-error']") == "" || len(p.All(sent)) != 1 || p.Attr("[name='answers.antall']", "value") != "3" {
			t.Errorf("%s: %d %v, %d files", name, p.Status, p.All(".ds-error-summary li"), len(p.All(sent)))
		}
	}
	// Two more, where there is room for one: the first is kept.
	p = sends(t, c, at, drawn(c, at, nil), file{"fil", "b.txt", "hei"}, file{"fil", "c.txt", "hei"}, file{"antall", "d.txt", "hei"})
	if got := p.All(sent); p.Status != http.StatusUnprocessableEntity || len(got) != 2 || !strings.Contains(got[1], "b.txt") || !strings.Contains(p.Text("[id='answers.fil-error']"), "2") {
		t.Errorf("one too many: %d %v", p.Status, got)
	}
	// Taken away by a button of the page, while something is typed.
	fields := drawn(c, at, url.Values{"antall": {"7"}})
	fields.Set("act", c.Get(at).Attr(sent+":last-child button", "value"))
	p = sends(t, c, at, fields)
	if p.Status != http.StatusSeeOther || !strings.HasSuffix(p.Location, "#asked-fil") {
		t.Fatalf("take away: %d %s", p.Status, p.Location)
	}
	page = c.Get(at)
	if len(page.All(sent)) != 1 || page.Attr("[name='answers.antall']", "value") != "7" {
		t.Errorf("after: %s", page.Text("main"))
	}
	href := page.Attr(sent+" a", "href")
	if got := c.Get(href); got.Status != http.StatusOK || got.Body != "%PDF-1.7 plan" || got.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("the file: %d %q %v", got.Status, got.Body, got.Header)
	}
	// A file of a question that is hidden again is not handed in, and not kept.
	fields = drawn(c, at, url.Values{"mer": {"ja"}})
	fields["asked"] = append(fields["asked"], "ekstra")
	if p = sends(t, c, at, fields, file{"ekstra", "hemmelig.txt", "hemmelig"}); p.Status != http.StatusSeeOther {
		t.Fatalf("another file: %d %v", p.Status, p.All(".ds-error-summary li"))
	}
	hidden := c.Get(at).Attrs(sent+" a", "href")[1]
	if p = sends(t, c, at, drawn(c, at, url.Values{"mer": {"nei"}})); p.Status != http.StatusSeeOther {
		t.Fatalf("changed: %d %v", p.Status, p.All(".ds-error-summary li"))
	}
	review := c.Get(link + "/se-over")
	if review.Attr("main dd a[href='"+href+"']", "href") == "" || strings.Contains(review.Body, "hemmelig.txt") {
		t.Errorf("to read over: %s", review.Text("main"))
	}
	if p = c.Post(link+"/se-over", url.Values{"version": {review.Attr("input[name=version]", "value")}}); p.Status != http.StatusSeeOther {
		t.Fatalf("hand in: %d %s", p.Status, p.Text("main"))
	}
	if got := c.Get(hidden).Status; got != http.StatusNotFound {
		t.Errorf("a file of a hidden question: %d", got)
	}
	receipt := c.Get(link)
	if receipt.Attr("main dd a[href='"+href+"']", "href") == "" || c.Get(href).Body != "%PDF-1.7 plan" {
		t.Errorf("the receipt: %s", receipt.Text("main"))
	}
	if p = sends(t, c, at, fields, file{"fil", "sent.txt", "for sent"}); p.Status != http.StatusSeeOther || p.Location != link {
		t.Errorf("after it was handed in: %d %s", p.Status, p.Location)
	}
	key := round.Key{Secret: strings.TrimPrefix(link, "/svar/")}
	if err := h.Rounds.RemoveFile(t.Context(), key, forms.At{}, "fil", strings.Split(href, "/")[4]); !fault.Is(err, fault.Conflict) {
		t.Errorf("taken away after it was handed in: %v", err)
	}
}

// TestWhoSeesAFileOfAnAnswer: exactly those who see the answer. A draft is its
// writers' only; others get not found, by every address.
func TestWhoSeesAFileOfAnAnswer(t *testing.T) {
	h, r := filed(t, 2)
	ctx, secrets := t.Context(), h.links(r)
	link, other := "/svar/"+secrets[0], "/svar/"+secrets[1]
	c := h.Visitor()
	for _, base := range []string{link, other} {
		c.Post(base, nil)
		if p := sends(t, c, base+"/del/plan", drawn(c, base+"/del/plan", nil), file{"fil", "plan.txt", "av " + base}); p.Status != http.StatusSeeOther {
			t.Fatalf("%s: %d", base, p.Status)
		}
	}
	mine := c.Get(link+"/del/plan").Attr(sent+" a", "href")
	tail := strings.TrimPrefix(mine, link+"/fil")
	whole, err := h.Rounds.Get(ctx, h.Actor("adviser"), r)
	if err != nil {
		t.Fatal(err)
	}
	invite := whole.Invites[slices.IndexFunc(whole.Invites, func(i round.Invite) bool { return i.Org == h.firms[0] })].ID
	desk := "/runder/" + string(r) + "/for/" + string(invite) + "/fil" + tail
	attached := "/vedlegg" + tail
	officer := func(municipality string) access.Actor {
		return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleCaseOfficer, Org: access.NewOrgID(),
			Scope: access.Scope{Kind: access.ScopeMunicipality, Ref: municipality}, Municipalities: []string{municipality}}}}
	}
	look := func(when string, want map[string]int) {
		t.Helper()
		version, err := attach.ParseVersionID(strings.Split(tail, "/")[1])
		if err != nil {
			t.Fatal(err)
		}
		_, in := h.Attach.Get(ctx, officer("5022"), version)
		_, out := h.Attach.Get(ctx, officer("5001"), version)
		member := access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: access.RoleIntermediary, Org: access.NewOrgID()}}}
		_, stranger := h.Attach.Get(ctx, member, version)
		status := func(err error) int {
			switch {
			case err == nil:
				return 200
			case fault.Is(err, fault.NotFound):
				return 404
			}
			t.Errorf("%s: %v", when, err)
			return 0
		}
		got := map[string]int{"the link": c.Get(mine).Status, "another link": c.Get(other + "/fil" + tail).Status, "nobody's link": c.Get("/svar/x/fil" + tail).Status,
			"the hub": h.As("adviser").Get(attached).Status, "the hub at the desk": h.As("adviser").Get(desk).Status, "the county": h.As("county").Get(attached).Status,
			"an officer in the area": status(in), "an officer outside it": status(out), "another hub": status(stranger), "a provider": h.As("provider").Get(attached).Status,
			"an employer": h.As("employer").Get(attached).Status, "a visitor": h.Visitor().Get(attached).Status}
		for who, n := range want {
			if got[who] != n {
				t.Errorf("%s: %s gets %d, want %d", when, who, got[who], n)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d are asked, %d are said", len(got), len(want))
		}
	}
	want := map[string]int{"the link": 200, "another link": 404, "nobody's link": 404, "the hub": 404, "the hub at the desk": 404, "the county": 404, "an officer in the area": 404,
		"an officer outside it": 404, "another hub": 404, "a provider": 404, "an employer": 404, "a visitor": 404}
	look("a draft", want)
	review := c.Get(link + "/se-over")
	if p := c.Post(link+"/se-over", url.Values{"version": {review.Attr("input[name=version]", "value")}}); p.Status != http.StatusSeeOther {
		t.Fatalf("hand in: %d", p.Status)
	}
	want["the hub"], want["the hub at the desk"], want["the county"], want["an officer in the area"] = 200, 200, 200, 200
	look("handed in", want)
	shown := h.As("adviser").Get("/runder/" + string(r) + "/svar/" + string(invite))
	if shown.Attr("main dd a[href='"+attached+"']", "href") == "" {
		t.Errorf("the hub reads: %s", shown.Text("main"))
	}
	// What hangs on the answer leads to the answer, and takes nothing more.
	x, err := h.Rounds.Look(ctx, round.Key{Secret: secrets[0]})
	if err != nil {
		t.Fatal(err)
	}
	ref := x.Answer.Files()
	if href := h.Objects.Href(ref); h.As("adviser").Get(href).Location != "/runder/"+string(r)+"/svar/"+string(invite) || h.As("secretary").Get(href).Status == http.StatusSeeOther {
		t.Errorf("the address of an answer: %s", href)
	}
	if _, err := h.Attach.Add(ctx, h.Actor("adviser"), ref, attach.Upload{Name: "b.txt", Content: strings.NewReader("x"), Size: 1}); !fault.Is(err, fault.Denied) {
		t.Errorf("the hub adds to an answer: %v", err)
	}
}

// TestADraftTakesItsFilesAlong when it is thrown away.
func TestADraftTakesItsFilesAlong(t *testing.T) {
	h, r := filed(t, 1)
	ctx, key := t.Context(), round.Key{Secret: h.links(r)[0]}
	x, err := h.Rounds.Begin(ctx, key)
	if err == nil {
		err = h.Rounds.AddFile(ctx, key, forms.At{Version: x.Answer.Version}, "fil", attach.Upload{Name: "a.txt", Content: strings.NewReader("hei"), Size: 3})
	}
	if err == nil {
		x, err = h.Rounds.Look(ctx, key)
	}
	if err != nil {
		t.Fatal(err)
	}
	version := attach.VersionID(x.Answer.Values["fil"].Files[0].ID)
	// The round lets go of it first, as whoever throws it away does.
	err = h.DB().Write(context.Background(), func(tx *db.Tx) error {
		const release db.SQL = `UPDATE round_invite SET answer = NULL WHERE answer = $1`
		if _, err := db.Exec(ctx, tx, release, x.Answer.ID); err != nil {
			return err
		}
		return h.Forms.Discard(ctx, tx, access.SystemActor("test"), x.Answer.ID, x.Answer.Version)
	})
	if err == nil {
		err = h.Jobs.Drain(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	const left db.SQL = `SELECT COUNT(*) FROM attachment_version WHERE id = $1`
	err = h.DB().Read(ctx, func(tx *db.Tx) error {
		n, err := db.Scalar[int](ctx, tx, left, version)
		if n != 0 {
			t.Errorf("%d files are left", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestAVirusIsRefusedInAForm: the field says why, nothing is stored, neither in the
// folder nor in the answer, and what was typed is kept; so it is when the scanner
// cannot be asked. A clean file goes in beside it.
func TestAVirusIsRefusedInAForm(t *testing.T) {
	answers := atomic.Pointer[func([]byte) string]{}
	says := func(fn func([]byte) string) { answers.Store(&fn) }
	says(filetest.Finds)
	folder := filepath.Join(t.TempDir(), "files")
	clamd := filetest.Clamd(t, "tcp", "127.0.0.1:0", func(content []byte) string { return (*answers.Load())(content) })
	h, r := filedIn(t, openWith(t, site.Config{Demo: true, Files: folder, Clamd: clamd}, 1))
	link := "/svar/" + h.links(r)[0]
	c := h.Visitor()
	c.Post(link, nil)
	at := link + "/del/plan"
	before := stored(t, folder)
	virus := file{"fil", "plan.txt", "en plan med " + filetest.Virus}
	for _, x := range []struct {
		what, told string
		says       func([]byte) string
	}{{"a virus", "Virussøket fant noe", filetest.Finds}, {"a scanner that hangs up", "kan ikke sjekkes for virus", func([]byte) string { return "" }}} {
		says(x.says)
		p := sends(t, c, at, drawn(c, at, url.Values{"mer": {"nei"}, "antall": {"mange"}}), virus)
		if p.Status != http.StatusUnprocessableEntity || !strings.Contains(p.Text("[id='answers.fil-error']"), x.told) || p.Has("[id='answers.mer-error']") {
			t.Errorf("%s: %d %v", x.what, p.Status, p.All(".ds-error-summary li"))
		}
		if p.Attr("[name='answers.antall']", "value") != "mange" || !p.Has("[name='answers.mer'][value='nei'][checked]") || !p.Has("[id='answers.antall-error']") {
			t.Errorf("%s: what was typed is lost: %s", x.what, p.Text("main form"))
		}
		if p.Has(sent) || c.Get(at).Has(sent) || stored(t, folder) != before {
			t.Errorf("%s: the file is kept", x.what)
		}
	}
	says(filetest.Finds)
	p := sends(t, c, at, drawn(c, at, url.Values{"antall": {"3"}}), virus, file{"fil", "ren.txt", "en plan"})
	if got := p.All(sent); p.Status != http.StatusUnprocessableEntity || len(got) != 1 || !strings.Contains(got[0], "ren.txt") || p.Text("[id='answers.fil-error']") == "" || stored(t, folder) != before+1 {
		t.Errorf("a clean file beside it: %d %v, %d stored", p.Status, got, stored(t, folder)-before)
	}
}

// stored is how many files the folder holds.
func stored(t *testing.T, folder string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAHouseWithoutFiles publishes no form that asks for some, and says why.
func TestAHouseWithoutFiles(t *testing.T) {
	h := sitetest.With(t, site.Config{Demo: true, Files: sitetest.NoFiles})
	d := question.Definition{Title: i18n.Text{NB: "F"}, Sections: []question.Section{{Name: "s", Title: i18n.Text{NB: "S"},
		Questions: []question.Question{{Name: "fil", Kind: question.File, Label: i18n.Text{NB: "Fil"}}}}}}
	form, err := h.Forms.Create(t.Context(), access.SystemActor("test"), "uten-filer", d)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Forms.Publish(t.Context(), access.SystemActor("test"), form, 1); !fault.Is(err, fault.Invalid) {
		t.Errorf("published: %v", err)
	}
	if p := h.As("county").Get("/skjema/" + string(form)); !strings.Contains(p.Text("main"), "mappe") {
		t.Errorf("why is not said: %s", p.Text("main"))
	}
}

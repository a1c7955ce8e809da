package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/fault"
	kit "kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needtest"
)

func row(nr int, organisation string, change func(*need.Content)) intake.Row {
	in := needtest.Content("")
	in.Text = fmt.Sprintf("Rad %d: %s", nr, in.Text)
	if change != nil {
		change(&in)
	}
	return intake.Row{Nr: nr, Organisation: organisation, Content: in}
}

// sheet has 12 rows, of which five are bad and one stands there twice.
func sheet() []intake.Row {
	rows := []intake.Row{
		row(2, "Ålen Sag", nil),
		row(3, "ålen  sag", func(c *need.Content) { c.Headcount = 0 }),
		row(4, "Øvre Gård", nil),
		row(5, "Ukjent AS", nil),
		row(6, "Øvre Gård", func(c *need.Content) { c.Municipality = "0000" }),
		row(7, "Øvre Gård", func(c *need.Content) { c.Text = " " }),
		row(8, "Øvre Gård", func(c *need.Content) { c.Municipality = needtest.Oppdal }),
		row(9, "", func(c *need.Content) { c.Firms, c.Headcount = 3, 6 }),
		row(10, "", nil),
		row(11, "Fjellhotellet", nil),
		row(12, "Bakeriet", nil),
	}
	again := rows[0]
	again.Nr = 13
	return append(rows, again)
}

func count(t *testing.T, h *needtest.House) int {
	t.Helper()
	_, n, err := list.New(h.Needs).List(context.Background(), access.SystemActor("test"), list.Query{Filter: list.Filter{WithDrafts: true}})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestImport(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	in := intake.New(h.Needs)
	dry, err := in.Preview(ctx, h.Adviser(), sheet(), intake.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if dry.OK != 6 || dry.Wrong != 5 || dry.Duplicates != 1 || len(dry.Unknown) != 1 || dry.Unknown[0] != "Ukjent AS" || count(t, h) != 0 {
		t.Fatalf("preview %d ok, %d wrong, %d double, unknown %v, %d stored", dry.OK, dry.Wrong, dry.Duplicates, dry.Unknown, count(t, h))
	}
	faults := map[int]string{3: "headcount", 5: "organisation", 6: "municipality", 7: "text", 10: "organisation"}
	for _, r := range dry.Rows {
		if field := faults[r.Nr]; (r.State == upload.Wrong) != (field != "") || field != "" && (len(r.Faults) != 1 || r.Faults[0].Name != field) {
			t.Errorf("row %d: %s %+v", r.Nr, r.State, r.Faults)
		}
	}
	done, err := in.Import(ctx, h.Adviser(), sheet(), intake.Options{})
	if err != nil || done.OK != 6 || count(t, h) != 6 {
		t.Fatalf("imported %d, %d stored, %v", done.OK, count(t, h), err)
	}
	first, err := h.Needs.Get(ctx, h.Adviser(), done.Rows[0].Need)
	if err != nil || first.Number != "B-2026-0001" || first.Source != need.FromImport || first.Organisation != h.Sawmill {
		t.Errorf("first %+v, %v", first.Need, err)
	}
	// The need is changed by hand; the same sheet still makes no doubles.
	edited := needtest.Content(h.Sawmill)
	edited.Text = "Skrevet om"
	if _, err := h.Needs.Edit(ctx, h.Adviser(), first.ID, first.Version, edited); err != nil {
		t.Fatal(err)
	}
	again, err := in.Import(ctx, h.Adviser(), sheet(), intake.Options{})
	if err != nil || again.OK != 0 || again.Duplicates != 7 || count(t, h) != 6 {
		t.Errorf("second import %d ok, %d double, %d stored, %v", again.OK, again.Duplicates, count(t, h), err)
	}
}

func TestCreateOrganisations(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	in := intake.New(h.Needs)
	rows := []intake.Row{row(2, "Nytt Verksted AS", nil), row(3, "nytt verksted as", nil), row(4, "Nytt Verksted AS", nil)}
	rows[2].Content = rows[0].Content
	o := intake.Options{Create: true, MandateGround: "avtalt på møte"}
	dry, err := in.Preview(ctx, h.Adviser(), rows, o)
	if err != nil || dry.OK != 2 || dry.Duplicates != 1 || !dry.Rows[0].NewOrganisation || len(dry.Unknown) != 1 {
		t.Fatalf("preview %+v, %v", dry, err)
	}
	done, err := in.Import(ctx, h.Adviser(), rows, o)
	if err != nil || done.OK != 2 || done.Rows[0].Organisation == "" || done.Rows[0].Organisation != done.Rows[1].Organisation {
		t.Fatalf("imported %+v, %v", done, err)
	}
	if m, err := h.Orgs.Mandates(ctx, h.Adviser(), h.Hub); err != nil || len(m) != 1 || m[0].Principal != done.Rows[0].Organisation {
		t.Errorf("mandates %+v, %v", m, err)
	}
	again, err := in.Import(ctx, h.Adviser(), rows, o)
	if err != nil || again.OK != 0 || again.Duplicates != 3 {
		t.Errorf("second import %+v, %v", again, err)
	}
	// Without a mandate, and by a company, it is refused at the field.
	bare := row(2, "Enda Et AS", func(c *need.Content) { c.MandateGround = "" })
	dry, err = in.Preview(ctx, h.Adviser(), []intake.Row{bare}, intake.Options{Create: true})
	if err != nil || dry.Wrong != 1 || dry.Rows[0].Faults[0].Name != "mandate_ground" {
		t.Errorf("without mandate %+v, %v", dry, err)
	}
	dry, err = in.Preview(ctx, h.Owner(), []intake.Row{row(2, "Enda Et AS", nil)}, o)
	if err != nil || dry.Wrong != 1 || dry.Rows[0].Faults[0].Name != "organisation" {
		t.Errorf("by a company %+v, %v", dry, err)
	}
}

func TestOwnRowsAndDrafts(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	in := intake.New(h.Needs)
	done, err := in.Import(ctx, h.Owner(), []intake.Row{row(2, "", nil), row(3, "Øvre Gård", nil)}, intake.Options{AsDrafts: true})
	if err != nil || done.OK != 1 || done.Wrong != 1 || done.Rows[1].Faults[0].Key != "need.error.not_your_organisation" {
		t.Fatalf("imported %+v, %v", done, err)
	}
	if d, err := h.Needs.Get(ctx, h.Owner(), done.Rows[0].Need); err != nil || d.State != need.Draft || d.Organisation != h.Sawmill {
		t.Errorf("draft %+v, %v", d.Need, err)
	}
}

// A cell that could not be read is one fault, not two.
func TestUnreadCells(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	r := row(2, "Ålen Sag", func(c *need.Content) { c.Headcount = 0 })
	r.Faults = []fault.Field{{Name: "headcount", Key: "form.error.number"}}
	dry, err := intake.New(h.Needs).Preview(ctx, h.Adviser(), []intake.Row{r}, intake.Options{})
	if err != nil || dry.Wrong != 1 || len(dry.Rows[0].Faults) != 1 || dry.Rows[0].Faults[0].Key != "form.error.number" {
		t.Errorf("%+v, %v", dry, err)
	}
}

func TestRefusedImports(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	in := intake.New(h.Needs)
	_, err := in.Preview(ctx, h.Secretary(), sheet(), intake.Options{})
	needtest.WantKind(t, err, fault.Denied)
	_, err = in.Preview(ctx, h.Adviser(), make([]intake.Row, intake.MaxRows+1), intake.Options{})
	needtest.WantKind(t, err, fault.TooLarge)
	h.Org(org.Company, "Dobbelt AS", needtest.Roros)
	h.Org(org.Company, "Dobbelt AS", needtest.Oppdal)
	dry, err := in.Preview(ctx, h.Adviser(), []intake.Row{row(2, "Dobbelt AS", nil)}, intake.Options{Create: true})
	if err != nil || dry.Wrong != 1 || dry.Rows[0].Faults[0].Key != "need.error.ambiguous_organisation" {
		t.Errorf("%+v, %v", dry, err)
	}
}

// TestHeadings: once the owner of a sheet has said what its columns are, it is remembered
// for his organisation, for this kind of sheet.
func TestHeadings(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	sheets, adviser := upload.New(h.DB, h.Clock(), intake.Sheets()), h.Adviser()
	choose := func(done bool, headings []string, fields ...string) {
		t.Helper()
		book := &kit.Book{Name: "a.csv", Sheets: []kit.Sheet{{Rows: []kit.Row{{Number: 1, Cells: headings}}}}}
		u, err := sheets.Keep(ctx, adviser, book, upload.Choices{Header: 1})
		if err == nil {
			err = sheets.Choose(ctx, adviser, u, 1, upload.Choices{Header: 1, Fields: fields, Done: done})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	choose(true, []string{" Hvor MANGE?", "Merknad", strings.Repeat("x", 300), ""}, "headcount", "", "text", "title")
	choose(true, []string{"merknad"}, "text")
	choose(false, []string{"Sted"}, "municipality")
	got, err := sheets.Headings(ctx, adviser)
	if err != nil {
		t.Fatal(err)
	}
	for heading, want := range map[string]string{"hvor mange?": "headcount", "Merknad": "text"} {
		if field, ok := got(heading); !ok || field != want {
			t.Errorf("%q is remembered as %q, %v", heading, field, ok)
		}
	}
	for _, heading := range []string{"Sted", "", strings.Repeat("x", 300)} {
		if field, ok := got(heading); ok {
			t.Errorf("%q is remembered as %q", heading, field)
		}
	}
	other := intake.Sheets()
	other.Kind = "other"
	for name, x := range map[string]struct {
		use   upload.Use
		actor access.Actor
	}{"another organisation": {intake.Sheets(), h.Owner()}, "another kind": {other, adviser}, "nobody": {intake.Sheets(), access.Actor{}}} {
		got, err := upload.New(h.DB, h.Clock(), x.use).Headings(ctx, x.actor)
		if err != nil {
			t.Fatal(err)
		}
		if field, ok := got("Merknad"); ok {
			t.Errorf("%s has it as %q", name, field)
		}
	}
}

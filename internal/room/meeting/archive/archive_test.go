package archive_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/site/sitetest"
)

const schema = "../../../../../shared/data/schemas/fiks-arkiv/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"

var system = access.SystemActor("test")

// unpack reads a package and holds every file against the manifest and the list of sums.
func unpack(t *testing.T, p sitetest.Page) map[string]string {
	t.Helper()
	if p.Status != 200 || p.Header.Get("Content-Type") != "application/zip" {
		t.Fatalf("%d %s", p.Status, p.Header.Get("Content-Type"))
	}
	z, err := zip.NewReader(strings.NewReader(p.Body), int64(len(p.Body)))
	if err != nil {
		t.Fatal(err)
	}
	out, sums := map[string]string{}, map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		out[f.Name], sums[f.Name] = string(data), hex.EncodeToString(sum[:])
	}
	var manifest struct {
		Files []struct {
			Name, SHA256 string
			Size         int
		}
	}
	if err := json.Unmarshal([]byte(out["manifest.json"]), &manifest); err != nil {
		t.Fatal(err)
	}
	if len(manifest.Files) != len(out)-2 {
		t.Errorf("%d files in the manifest, %d in the package", len(manifest.Files), len(out))
	}
	for _, f := range manifest.Files {
		if sums[f.Name] != f.SHA256 || len(out[f.Name]) != f.Size {
			t.Errorf("%s is not what the manifest says", f.Name)
		}
	}
	for name, sum := range sums {
		if name != "sha256sums.txt" && !strings.Contains(out["sha256sums.txt"], sum+"  "+name+"\n") {
			t.Errorf("%s is not in the list of sums", name)
		}
	}
	return out
}

// validate holds the messages of a package against the standard's schema, where it and the
// program that reads it are on the machine.
func validate(t *testing.T, files map[string]string) {
	t.Helper()
	if _, err := os.Stat(schema); errors.Is(err, fs.ErrNotExist) {
		t.Logf("not held against the schema, which is not here: %v", err)
		return
	}
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Logf("not held against the schema: xmllint is not on this machine (scripts/need xmllint)")
		return
	}
	dir := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if filepath.Ext(name) != ".xml" {
			continue
		}
		at := filepath.Join(dir, name)
		if err := os.WriteFile(at, []byte(files[name]), 0o600); err != nil {
			t.Fatal(err)
		}
		if said, err := exec.Command("xmllint", "--noout", "--nonet", "--schema", schema, at).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s\n%s", name, err, said, files[name])
		}
	}
}

func messages(files map[string]string) string {
	var out strings.Builder
	for name, body := range files {
		if filepath.Ext(name) == ".xml" {
			out.WriteString(body)
		}
	}
	return out.String()
}

func caseTitled(t *testing.T, h *sitetest.House, word string) casework.Detail {
	t.Helper()
	list, err := h.Cases.List(context.Background(), system, casework.Filter{Text: word})
	if err != nil || len(list) == 0 {
		t.Fatalf("%s: %d %v", word, len(list), err)
	}
	d, err := h.Cases.Get(context.Background(), system, list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func hang(t *testing.T, h *sitetest.House, d casework.Detail, name, content string) {
	t.Helper()
	ref := object.Ref{Kind: casework.DocumentKind, ID: string(d.Documents[len(d.Documents)-1].ID)}
	if _, err := h.Attach.Add(context.Background(), h.Actor("secretary"), ref, attach.Upload{Name: name, Content: bytes.NewReader([]byte(content)), Size: int64(len(content))}); err != nil {
		t.Fatal(err)
	}
}

// An open case is handed over with its paper and its files, word for word.
func TestAnOpenCase(t *testing.T) {
	h := sitetest.New(t)
	d := caseTitled(t, h, "helsefag")
	hang(t, h, d, "kart over samlinger æøå.txt", "Røros og Oppdal")
	for _, role := range []string{"", "secretary"} {
		files := unpack(t, h.As(role).Get("/saker/"+string(d.ID)+"/arkiv.zip"))
		validate(t, files)
		all := messages(files)
		for _, want := range []string{`xsi:type="saksmappe"`, `xsi:type="journalpost"`, "<tittel>" + d.Title + "</tittel>", "<n5mdk:mappeID>" + d.Number.String(), "kart over samlinger æøå.txt", "SHA-256"} {
			if !strings.Contains(all, want) {
				t.Errorf("%q: no %s in %s", role, want, slices.Sorted(maps.Keys(files)))
			}
		}
		if !slices.Contains(slices.Collect(maps.Values(files)), "Røros og Oppdal") {
			t.Errorf("%q: the file itself is not there", role)
		}
	}
}

// Of a closed case the secretary gets everything, marked as shielded with the rule of law;
// others get the neutral title and the ground.
func TestAClosedCase(t *testing.T) {
	h := sitetest.New(t)
	d := caseTitled(t, h, "sluttavtale")
	hang(t, h, d, "sluttavtale.txt", "kr 1 500 000")
	files := unpack(t, h.As("secretary").Get("/saker/"+string(d.ID)+"/arkiv.zip"))
	validate(t, files)
	all := messages(files)
	for _, want := range []string{d.Title, "<offentligTittel>" + d.PublicTitle, "<skjermingshjemmel>kommuneloven § 11-5", "sluttavtale.txt"} {
		if !strings.Contains(all, want) {
			t.Errorf("the secretary does not get %s", want)
		}
	}
	if !slices.Contains(slices.Collect(maps.Values(files)), "kr 1 500 000") {
		t.Error("the secretary does not get the file")
	}
	outside := unpack(t, h.Visitor().Get("/saker/"+string(d.ID)+"/arkiv.zip"))
	validate(t, outside)
	for name, body := range outside {
		for _, secret := range []string{d.Title, "luttavtale", "1 500 000"} {
			if strings.Contains(name+body, secret) {
				t.Errorf("a visitor finds %q in %s", secret, name)
			}
		}
	}
	if !strings.Contains(messages(outside), "<tittel>"+d.PublicTitle) {
		t.Error("a visitor does not get the neutral title")
	}
	if p := h.Visitor().Get("/saker/" + string(caseTitled(t, h, "næringsfondet").ID) + "/arkiv.zip"); p.Status != 404 {
		t.Errorf("a draft: %d", p.Status)
	}
}

// A meeting is handed over with agenda, minutes, and each item with how the votes fell.
func TestAMeeting(t *testing.T) {
	h := sitetest.New(t)
	list, err := h.Meetings.List(context.Background(), system, session.Filter{States: []session.State{session.Published}})
	if err != nil {
		t.Fatal(err)
	}
	held := slices.IndexFunc(list, func(e session.Entry) bool { return e.Place == "Kommunehuset på Støren" })
	if held < 0 {
		t.Fatalf("the council's meeting at Støren is not among %d", len(list))
	}
	files := unpack(t, h.Visitor().Get("/moter/"+string(list[held].ID)+"/arkiv.zip"))
	validate(t, files)
	all := messages(files)
	for _, want := range []string{`xsi:type="moetemappe"`, `xsi:type="moetedokument"`, `xsi:type="moetesak"`, "<stemme>Ja</stemme>", "Rådet vedtar møteplanen", "<moetested>Kommunehuset på Støren"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s", want)
		}
	}
	ahead, err := h.Meetings.List(context.Background(), system, session.Filter{States: []session.State{session.Planned, session.Sent}})
	if err != nil || len(ahead) == 0 {
		t.Fatal(err)
	}
	validate(t, unpack(t, h.Visitor().Get("/moter/"+string(ahead[0].ID)+"/arkiv.zip")))
}

package site_test

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"kompetansetorg/internal/site/sitetest"
)

// formPage is a page with forms: as whom, and how it is reached from one before it (a
// path, or the beginning of a link's address on it).
type formPage struct {
	role string
	way  []string
}

// formPages are the pages with forms, by theme.
var formPages = slices.Concat(formsOfNeeds, formsOfMeetings, formsOfDevelop, formsOfWorking, formsOfCost, formsOfPledges, formsOfAdmissions, formsOfMaking, formsOfCentres, formsOfWorkspaces, formsOfGuides, formsOfProjects, formsOfMeasures)

// filledIn are values for what a new form leaves empty and asks for, so that the
// nonsense is all that is wrong.
var filledIn = map[string]string{
	"/behov/ny text": "Vi trenger en sveiser", "/behov/ny organisation": "Eksempel Sag og Høvleri AS", "/behov/ny headcount": "2", "/behov/ny confidentiality": "internal",
	"/behov/{id}/rediger confidentiality": "internal", "/felles/ny title": "Sveisere",
	"/tilbud/ny title.nb": "Sveising", "/tilbud/ny level": "kurs", "/tilbud/{id}/ny form": "nett",
	"/verktoykasse/ny title_nb": "Mentor", "/verktoykasse/ny for_whom_nb": "Alle", "/verktoykasse/ny what_nb": "En mentor", "/verktoykasse/ny owner_nb": "Fylket", "/verktoykasse/ny source": "Rapport",
	"/kostnad/satser/lodging amount": "1400", "/kostnad/satser/lodging from": "2027-01-01", "/kostnad/satser/lodging source": "Avtalen",
	"/konto/slettekrav what": "Navnet mitt",
	"/saker/ny title":        "En sak", "/saker/ny officer": "Rådgiver", "/saker/{id}/dokument title": "Et brev", "/saker/{id}/innspill sender": "Melhus kommune", "/saker/{id}/innspill words": "Et innspill",
	"/moter/ny day": "2030-12-31", "/moter/ny place": "Røros",
	"/moter/{id}/saksliste/{id} ground": "staff", "/moter/{id}/saksliste/{id} title": "En sak", "/moter/{id}/saksliste/{id} public_title": "Personalsak",
	"/moter/{id}/saksliste/ny title": "En sak", "/moter/{id}/saksliste/ny ground": "staff", "/moter/{id}/saksliste/ny public_title": "Personalsak",
	"/forum-og-rad/nytt name": "En styringsgruppe", "/forum-og-rad/nytt host": "Trøndelag Sør – Interkommunalt politisk råd", "/forum-og-rad/nytt secretariat": "Trøndelag Sør – Interkommunalt politisk råd",
	"/organ/{id}/regler/ny title": "Avtalen", "/organ/{id}/regler/ny adopted_by": "Rådet i sak 1/30",
	"/organ/{id}/seter/{id} title": "Varaordfører", "/organ/{id}/seter/{id} elected_by": "Kommunestyret i sak 1/30",
	"/organ/{id}/kontingent/ny amount": "150000", "/organ/{id}/kontingent/ny decided_by": "Rådet, PS 4/26", "/organ/{id}/kontingent/ny decided_on": "2026-01-05", "/organ/{id}/kontingent/innskudd project": "Piloter",
	"/organ/{id}/kontingent/innskudd amount": "1000", "/organ/{id}/kontingent/innskudd case": "PS 4/26", "/organ/{id}/kontingent/innskudd decided_on": "2026-01-05",
	"/organ/{id}/plikter/ny what": "Rammen øker", "/organ/{id}/plikter/ny decided_by": "Styret", "/organ/{id}/plikter/ny decided_on": "2026-01-05", "/organ/{id}/plikter/{id}/meldt told": "Rådet",
	"/organ/{id}/horinger/ny sender": "Fylket", "/organ/{id}/horinger/ny subject": "Strategi", "/organ/{id}/horinger/ny deadline": "2090-01-05", "/horinger/{id}/runde why": "Nytt", "/horinger/{id}/egen words": "Enig", "/horinger/{id}/innspill words": "Ta med veien",
	"/veiledere/program/del/ny title.nb": "Om tid", "/veiledere/program/del/ny words.nb": "Sett av tid.", "/utvikling/{id}/erfaring words": "Start tidlig",
	"/stillinger/{id}/plan/ny what": "Arbeidskrav", "/kompetanseregioner/namdalen/innsats/ny as": "motor", "/kompetanseregioner/namdalen/innsats/ny what": "Ringte", "/kompetanseregioner/namdalen/evalueringer/ny title": "Rapport",
	"/studiesenter/{id}/parter/ny org": "Røros videregående skole", "/studiesenter/{id}/parter/ny part": "Underviser", "/studiesenter/{id}/tilbud/ny how": "På skjerm",
	"/studiesenter/{id}/rom/ny name": "Lillesalen", "/studiesenter/{id}/rom/ny address": "Havna 1", "/studiesenter/{id}/rom/ny seats": "8", "/studiesenter/{id}/onsker/ny title": "Regnskap", "/studiesenter/{id}/onsker/ny words": "Om kvelden", "/studiesenter/{id}/onsker/ny level": "kurs",
	"/studiesenter/{id}/rom/{id}/be-om day": "2027-01-05", "/studiesenter/{id}/rom/{id}/be-om from": "09:00", "/studiesenter/{id}/rom/{id}/be-om to": "10:00", "/studiesenter/{id}/rom/{id}/be-om purpose": "Møte", "/studiesenter/{id}/rom/{id}/be-om people": "3",
	"/studiesenter/{id}/gruppe/bli-med studies": "Sykepleie", "/studiesenter/{id}/tilbud/ny programme": "/tilbud/01a2085c-d070-7d8b-9250-fe0319414a3a",
	"/prosjekter/ny title": "Et prosjekt", "/prosjekter/{id}/penger/ny payer": "Kommunen", "/prosjekter/{id}/penger/ny planned": "1000", "/prosjekter/{id}/folk/ny role": "Leder", "/prosjekter/{id}/avtaler/ny hub": "Hagen", "/prosjekter/{id}/avtaler/ny municipalities": "Oppdal",
	"/prosjekter/{id}/logg/ny/meeting words": "Vi møttes", "/prosjekter/{id}/logg/ny/shift words": "Det manglet", "/prosjekter/{id}/logg/ny/shift from_post": "A", "/prosjekter/{id}/logg/ny/shift to_post": "B", "/prosjekter/{id}/logg/ny/asked words": "Forskning", "/prosjekter/{id}/logg/ny/asked who": "NTNU", "/prosjekter/{id}/logg/ny/asked outcome": "interest",
	"/prosjekter/{id}/logg/ny/plan words": "Planen", "/prosjekter/{id}/logg/ny/plan outcome": "yes", "/prosjekter/{id}/logg/ny/next words": "Vi", "/prosjekter/{id}/logg/ny/next outcome": "hub",
	"/skjema/nytt title.nb": "Et skjema", "/skjema/nytt code": "et-skjema",
	"/virksomheter/ny name": "Ny bedrift AS", "/virksomheter/ny kind": "company", "/virksomheter/ny municipality": "5021",
	"/administrasjon/kontoer/ny username": "ny.konto", "/administrasjon/kontoer/ny name": "Ny", "/administrasjon/kontoer/ny role": "person",
}

// TestEveryFieldRefuses writes nonsense in each field of each form, one at a
// time: the answer is 422, says so at the field and keeps what was typed.
func TestEveryFieldRefuses(t *testing.T) {
	h := sitetest.New(t)
	fields := 0
	for _, x := range formPages {
		c := h.As(x.role)
		path := walk(t, c, x.way)
		kind, _, _ := strings.Cut(ids.ReplaceAllString(path, "{id}"), "?")
		for _, form := range formsOf(c.Get(path)) {
			for name := range form.values {
				if v := filledIn[kind+" "+name]; v != "" {
					form.values.Set(name, v)
				}
			}
			for _, f := range form.fields {
				for _, wrong := range f.nonsense() {
					fields++
					if fault := form.refuses(c, path, f, wrong); fault != "" {
						t.Errorf("%s as %q, field %s = %.20q: %s", kind, x.role, f.name, wrong, fault)
					}
				}
			}
		}
	}
	if fields < 200 {
		t.Errorf("only %d answers were tried", fields)
	}
}

// walk goes from link to link and answers the address of the last page. A step that begins
// with + is put behind the address: the page is there before there is a link to it.
func walk(t *testing.T, c *sitetest.Client, way []string) string {
	t.Helper()
	path := way[0]
	for _, next := range way[1:] {
		if more, ok := strings.CutPrefix(next, "+"); ok {
			path += more
			continue
		}
		links := c.Get(path).Attrs("main a[href]", "href")
		i := slices.IndexFunc(links, func(href string) bool {
			plain, _, _ := strings.Cut(strings.Split(href, "#")[0], "?")
			if plain == path { // a page's link to itself leads nowhere
				return false
			}
			plain = ids.ReplaceAllString(plain, "{id}")
			return plain == next || !strings.Contains(next[1:], "/{id}") && strings.HasSuffix(plain, next) || strings.HasSuffix(plain, next)
		})
		if i < 0 {
			t.Fatalf("%s has no link to %s: %v", path, next, links)
		}
		path, _, _ = strings.Cut(links[i], "#")
	}
	return path
}

type htmlForm struct {
	action string
	isGet  bool
	values url.Values
	fields []htmlField
}

// rowNumber is the number of a row in the name of a field of it.
var rowNumber = regexp.MustCompile(`^(gatherings|enrolment|closed)([.-])1([.-])`)

type htmlField struct{ name, id, kind string }

// formsOf reads the forms of the page that people fill in.
func formsOf(p sitetest.Page) []htmlForm {
	var out []htmlForm
	if p.Doc == nil {
		return nil
	}
	for _, n := range cascadia.QueryAll(p.Doc, cascadia.MustCompile("main form")) {
		form := htmlForm{action: attr(n, "action"), isGet: attr(n, "method") != "post", values: url.Values{}}
		if attr(n, "enctype") != "" {
			continue
		}
		for _, e := range cascadia.QueryAll(n, cascadia.MustCompile("input, select, textarea")) {
			name, kind := attr(e, "name"), attr(e, "type")
			if e.Data != "input" {
				kind = e.Data
			}
			switch {
			case name == "" || kind == "file":
				continue
			case kind == "hidden":
				form.values.Add(name, attr(e, "value"))
				continue
			case (kind == "checkbox" || kind == "radio"):
				if has(e, "checked") || name == "needs" && len(form.values[name]) < 2 {
					form.values.Add(name, attr(e, "value"))
				}
			case kind == "select":
				o := cascadia.Query(e, cascadia.MustCompile("option[selected]"))
				if o == nil { // as a browser does
					o = cascadia.Query(e, cascadia.MustCompile("option"))
				}
				if has(e, "required") && attr(o, "value") == "" {
					o = cascadia.Query(e, cascadia.MustCompile("option:not([value=''])"))
				}
				form.values.Add(name, attr(o, "value"))
			case kind == "textarea":
				text := ""
				if e.FirstChild != nil {
					text = strings.TrimPrefix(e.FirstChild.Data, "\n")
				}
				form.values.Add(name, text)
			default:
				form.values.Add(name, attr(e, "value"))
			}
			if !slices.ContainsFunc(form.fields, func(f htmlField) bool { return f.name == name }) {
				form.fields = append(form.fields, htmlField{name, attr(e, "id"), kind})
			}
		}
		if len(form.fields) > 0 {
			out = append(out, form)
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// nonsense are values that no field of the kind can take.
func (f htmlField) nonsense() []string {
	switch f.kind {
	case "select", "radio", "checkbox":
		return []string{"tull-og-tøys"}
	case "number":
		return []string{"mange", "-3", "99999999999999999999"}
	case "date":
		return []string{"2026-13-45", "i morgen"}
	}
	if f.kind == "textarea" {
		return []string{strings.Repeat("å", 100_000)}
	}
	return []string{strings.Repeat("å", 5_000)}
}

// refuses tells what is wrong with the answer to the nonsense, "" for nothing.
func (form htmlForm) refuses(c *sitetest.Client, path string, f htmlField, wrong string) string {
	values := url.Values{}
	for k, v := range form.values {
		values[k] = slices.Clone(v)
	}
	values.Set(f.name, wrong)
	action := form.action
	if action == "" {
		action = path
	}
	var p sitetest.Page
	if form.isGet {
		p = c.Get(strings.Split(action, "?")[0] + "?" + values.Encode())
	} else {
		p = c.Post(action, values)
	}
	// An empty row before it is dropped, so that the row moves up.
	f.id, f.name = rowNumber.ReplaceAllString(f.id, "${1}${2}0${3}"), rowNumber.ReplaceAllString(f.name, "${1}${2}0${3}")
	field := f.id
	if f.kind == "radio" || f.kind == "checkbox" {
		field = strings.TrimSuffix(f.id, "-1")
	}
	switch {
	case p.Status == 414 || p.Status == 413 || p.Status == 431:
		return "" // said so, before it came to the form
	case p.Status != 422:
		return "answers " + strconv.Itoa(p.Status) + " " + p.Location
	case !p.Has("[id='"+field+"-error']") && !p.Has("[id='"+f.name+"-error']"):
		return "no message at the field; " + p.Text(".ds-error-summary")
	case f.kind == "number" || f.kind == "date" || f.kind == "text" || f.kind == "textarea":
		if got := p.Attr("[id='"+f.id+"']", "value") + p.Text("textarea[id='"+f.id+"']"); got != wrong {
			return "what was typed is lost"
		}
	}
	return ""
}

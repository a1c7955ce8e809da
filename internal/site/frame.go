package site

import (
	"net/http"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// menuLine is a choice of the main menu and the paths under which it is the
// current one.
type menuLine struct {
	label i18n.Key
	href  string
	under []string
}

// menu follows the chain: find, need, supply, demand, forum and council, toolbox.
var menu = []menuLine{
	{"site.menu.find", "/finn", []string{"/finn"}},
	{"site.menu.needs", "/behov", []string{"/behov", "/felles"}},
	{"site.menu.supply", "/tilbud", []string{"/tilbud", "/stillinger", "/soknader", "/soknad", "/studiesenter", "/studieonsker", "/rombestillinger"}},
	{"site.menu.making", "/utvikling", []string{"/utvikling", "/tilbydersvar", "/veiledere"}},
	{"site.menu.demand", "/ettersporsel", []string{"/ettersporsel"}},
	{"site.menu.bodies", "/forum-og-rad", []string{"/forum-og-rad", "/organ", "/saker", "/saksdokumenter", "/moter", "/oppfolging", "/kompetanseforum", "/kompetanseregioner", "/forum-innspill", "/arshjul", "/arshjul-tall"}},
	{"site.menu.toolbox", "/verktoykasse", []string{"/verktoykasse", "/prosjekter"}},
}

var languageNames = map[i18n.Lang]string{i18n.NB: "Bokmål", i18n.NN: "Nynorsk", i18n.EN: "English"}

// frame makes the frame of a page for the reader.
func (s *Site) frame(r *http.Request, actor access.Actor, title string) web.Page {
	p := s.texts.Printer(gate.Language(r))
	page := web.Page{Printer: p, Layout: ui.Layout{
		Lang: string(p.Language()), Title: title, ProductName: p.T("site.name"), Tagline: p.T("site.tagline"), HomeHref: "/",
		Assets: s.assets.Files, Words: words(p),
		Viewer: s.viewer(p, r, actor),
		Footer: []ui.Link{
			{Label: p.T("site.footer.accessibility"), Href: "/tilgjengelighet"},
			{Label: p.T("site.footer.privacy"), Href: "/personvern"},
			{Label: p.T("site.footer.sources"), Href: "/kilder"},
			{Label: p.T("site.footer.organisations"), Href: "/virksomheter"},
			{Label: p.T("site.footer.centres"), Href: "/studiesenter"},
			{Label: p.T("site.footer.guides"), Href: "/veiledere"},
			{Label: p.T("site.footer.results"), Href: "/resultater"},
			{Label: p.T("site.footer.quality"), Href: "/kvalitet"},
			{Label: p.T("site.footer.api"), Href: "/api"},
		},
	}}
	for _, m := range menu {
		page.Menu = append(page.Menu, ui.MenuItem{Label: p.T(m.label), Href: m.href, Current: isUnder(r.URL.Path, m.under)})
	}
	if r.URL.Path != "/sok" { // it has the field itself
		page.Search = &ui.HeaderSearch{Action: "/sok", Label: p.T("site.search"), Button: p.T("site.search.do")}
	}
	for _, l := range i18n.Langs() {
		href := withLang(r.URL, l)
		page.Languages = append(page.Languages, ui.LangLink{Code: string(l), Label: languageNames[l], Href: href, Current: l == p.Language()})
		page.Alternates = append(page.Alternates, ui.Alternate{Lang: string(l), Href: s.cfg.PublicURL + href})
	}
	if s.cfg.Demo {
		page.Demo = s.demoBanner(r.Context(), p, actor)
	}
	page.Notice = s.takeNotice(r, p)
	return page
}

func isUnder(path string, roots []string) bool {
	for _, root := range roots {
		if path == root || strings.HasPrefix(path, root+"/") {
			return true
		}
	}
	return false
}

// withLang is the same page in the language. One address serves all languages;
// the parameter only sets the reader's cookie.
func withLang(u *url.URL, l i18n.Lang) string {
	q := u.Query()
	q.Set("lang", string(l))
	return u.EscapedPath() + "?" + q.Encode()
}

func (s *Site) viewer(p i18n.Printer, r *http.Request, actor access.Actor) ui.Viewer {
	v := ui.Viewer{SignedIn: actor.SignedIn(), SignInHref: "/logg-inn?til=" + url.QueryEscape(r.URL.RequestURI()), SignOutTo: "/logg-ut", HomeHref: "/konto"}
	if !actor.SignedIn() {
		return v
	}
	v.Name = actor.Name
	v.Notices = &ui.Link{Label: p.T("site.notices"), Href: "/varsler"}
	if n, err := s.Follow.Unread(r.Context(), actor); err != nil {
		s.log.ErrorContext(r.Context(), "unread notices", "error", err)
	} else if n > 0 {
		v.Unread = p.T("site.notices.unread", "n", n)
	}
	if a, ok := actor.ActingRole(); ok {
		v.RoleLabel = p.T(roleKey(a.Role))
		if a.OrgName != "" {
			v.RoleLabel += ", " + a.OrgName
		}
	}
	return v
}

func words(p i18n.Printer) ui.Words {
	return ui.Words{
		SkipLink: p.T("site.skip"), Menu: p.T("site.menu"), Close: p.T("site.menu.close"), MainMenu: p.T("site.menu.main"), Language: p.T("site.language"),
		Crumbs: p.T("site.crumbs"), FooterMenu: p.T("site.footer"), FooterText: p.T("site.footer.text"),
		SignIn: p.T("site.signin"), SignOut: p.T("site.signout"), SignedInAs: p.T("site.signedin"),
		CharsLeft: p.T("site.chars.left"), CharsOver: p.T("site.chars.over"),
		WordsLeft: p.T("site.words.left"), WordsOver: p.T("site.words.over"),
		ConfirmYes: p.T("site.confirm.yes"), ConfirmNo: p.T("site.confirm.no"), Copied: p.T("site.copied"),
		ShowAll: p.T("site.showall"), NetworkError: p.T("site.network"),
	}
}

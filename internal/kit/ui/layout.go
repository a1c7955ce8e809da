package ui

// Layout is what every page has around its content. The template is "layout".
type Layout struct {
	// Lang is the language of the page: nb, nn or en.
	Lang string
	// Title names the page, without the product.
	Title string
	// Description is for search engines; may be empty.
	Description string
	ProductName string
	Tagline     string
	HomeHref    string
	// Assets are the addresses of the bundle, from Bundle.Files.
	Assets Files
	// Canonical is the one address of the page, and Alternates the same page in
	// each language. Both may be empty.
	Canonical  string
	Alternates []Alternate
	Menu       []MenuItem
	Languages  []LangLink
	Viewer     Viewer
	// Search is the field in the header; nil for none.
	Search *HeaderSearch
	// Demo is nil outside demo mode.
	Demo *DemoBanner
	// Notice tells what just happened; nil when nothing did.
	Notice *Notice
	// Crumbs lead from the front page to the parent of this page. Empty on the
	// front page.
	Crumbs []Link
	// Footer are the links at the bottom: accessibility statement, privacy,
	// source and licence, API.
	Footer []Link
	Words  Words
}

// DocTitle is the title of the browser tab: the page, then the product.
func (l Layout) DocTitle() string {
	if l.Title == "" || l.Title == l.ProductName {
		return l.ProductName
	}
	return l.Title + " – " + l.ProductName
}

// Trail is the way from the front page to this page.
func (l Layout) Trail() Crumbs {
	return Crumbs{Label: l.Words.Crumbs, Items: l.Crumbs, Current: l.Title}
}

// Words are the texts that the layout itself and the script show, in the
// reader's language.
type Words struct {
	SkipLink     string // "Hopp til innholdet"
	Menu         string // "Meny": the button on a phone
	Close        string // "Lukk": closes the menu on a phone
	MainMenu     string // "Hovedmeny": name of the region
	Language     string // "Språk"
	Crumbs       string // "Du er her"
	FooterMenu   string // "Om tjenesten"
	FooterText   string // one sentence about who runs this
	SignIn       string
	SignOut      string
	SignedInAs   string // "Logget inn som"
	CharsLeft    string // "{n} tegn igjen": {n} is filled in by the script
	CharsOver    string // "{n} tegn for mye"
	WordsLeft    string // "{n} ord igjen"
	WordsOver    string // "{n} ord for mye"
	ConfirmYes   string // "Ja, fortsett": when a Confirm has no text of its own
	ConfirmNo    string // "Avbryt"
	Copied       string // "Kopiert"
	ShowAll      string // "Vis alle {n}"
	NetworkError string // "Fikk ikke kontakt med tjenesten. Prøv igjen."
}

// MenuItem is a choice of the main menu.
type MenuItem struct {
	Label, Href string
	Current     bool
}

// LangLink leads to this page in another language. Label is the language's own
// name, Code its tag.
type LangLink struct {
	Code, Label, Href string
	Current           bool
}

// Alternate is the address of this page in a language, for search engines.
type Alternate struct{ Lang, Href string }

// HeaderSearch is a field for words, sent as q to a page that finds.
type HeaderSearch struct{ Action, Label, Button string }

// Viewer is the reader as the header shows them.
type Viewer struct {
	SignedIn   bool
	Name       string
	RoleLabel  string
	HomeHref   string // the reader's own page; may be empty
	SignInHref string // a page
	SignOutTo  string // a POST
	Notices    *Link  // to the reader's notices; Unread says how many are new
	Unread     string
}

// DemoBanner says that the data are made up, and lets the visitor step into a
// role: each posts its Field=Value to Action.
type DemoBanner struct {
	Text   string // "Demo: oppdiktede data."
	Now    string // "Du er rådgiver."; may be empty
	Switch string // "Bytt rolle"
	Action string
	Roles  []DemoRole
	// Same are all who have the reader's role; none when the reader is alone in it.
	SameLabel string // "Andre i samme rolle"
	Same      []DemoRole
}

// DemoRole is a role that the visitor may step into.
type DemoRole struct {
	Field, Value, Label, Hint string
	Current                   bool
}

// Link is a text that leads somewhere.
type Link struct{ Label, Href string }

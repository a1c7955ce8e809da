package ui

// Color is the meaning of a coloured part. The words beside it always say the
// same.
type Color string

// The colours, by meaning.
const (
	Neutral Color = "neutral"
	Accent  Color = "accent"
	Info    Color = "info"
	Success Color = "success"
	Warning Color = "warning"
	Danger  Color = "danger"
)

func orColor(c, missing Color) Color {
	if c == "" {
		return missing
	}
	return c
}

// Head is the top of a page with its one h1: template "ui.head".
type Head struct {
	Kicker  string // what kind of thing this is, or its number: "Behov B-2026-0042"
	Title   string
	Lead    string
	Tags    []Tag
	Actions []Action
}

// Hero is the top of the front page with one search field: template "ui.hero".
type Hero struct {
	Title, Lead  string
	Action       string // GET address; no form when empty
	Field        string // name of the control
	Label, Hint  string
	Value        string
	Button       string
	ExampleLabel string
	Examples     []Link
	Actions      []Action
}

// Tag is a short state: template "ui.tag".
type Tag struct {
	Text  string
	Color Color // Neutral when empty
}

// Tone is the colour, with the default filled in.
func (t Tag) Tone() Color { return orColor(t.Color, Neutral) }

// Notice tells something that matters: template "ui.notice". Live makes screen
// readers say it at once, for what came as an answer to an act.
type Notice struct {
	Color       Color // Info when empty
	Title, Text string
	Paragraphs  []string
	Points      []Point // under the paragraphs
	Links       []Link
	Live        bool
}

// Tone is the colour, with the default filled in.
func (n Notice) Tone() Color { return orColor(n.Color, Info) }

// Role is the ARIA role: alert interrupts, status waits, note is read in turn.
func (n Notice) Role() string {
	switch {
	case n.Live && n.Color == Danger:
		return "alert"
	case n.Live:
		return "status"
	}
	return "note"
}

// Live follows a page that others change while it is read: template "ui.live". The
// parts that are put in anew are the children of main with data-part; data-name or
// their heading is what the reader is told has come. Without script Reload is all.
type Live struct {
	Address   string // where to listen
	Reload    Link
	Following string // "Siden oppdateres av seg selv."
	Updated   string // "Oppdatert kl. {time}: {what}."
	Lost      string // "Siden får ikke oppdateringer nå."
	Ended     string // "Siden oppdateres ikke lenger."
	Tell      string // when set nothing is put in, and this is said
}

// Variant is how much a button wants to be pressed. A page has one Primary.
type Variant string

// The variants of a button.
const (
	Primary   Variant = "primary"
	Secondary Variant = "secondary"
	Tertiary  Variant = "tertiary"
)

// Action is a thing to do: template "ui.action". It is a link; with Post a
// form of its own with one button; with Submit the button of the form around.
type Action struct {
	Label   string
	Href    string // where to go or to post; with Submit an optional formaction
	Variant Variant
	Color   Color
	Post    bool
	Submit  bool
	Name    string // of the button, or the hidden field beside it
	Value   string
	Hidden  []Hidden // more fields to post
	Context string   // words only for screen readers: "for Behov B-2026-0042"
	Confirm *Confirm
	NoCheck bool // the browser does not check the form: saving a draft
}

// Hidden is a value that travels with an action.
type Hidden struct{ Name, Value string }

// Confirm asks before an action is sent. Without JavaScript it is not asked,
// so what cannot be undone needs a page of its own.
type Confirm struct{ Text, Yes, No string }

// Actions are buttons in a row: template "ui.actions".
type Actions struct{ Items []Action }

// Empty stands where a list would be and says what to do: template "ui.empty".
type Empty struct {
	Title, Text string
	Actions     []Action
}

// Fact is a line of a description list. Of the values, those that are filled
// are shown, in this order.
type Fact struct {
	Label string
	Text  string
	Lines []string
	Link  *Link
	Links []Link // a line each
	Tags  []Tag
}

// Facts is a description list: template "ui.facts".
type Facts struct {
	Items []Fact
	Wide  bool // labels beside the values also in a narrow column
}

// Point is a reason in a list: it holds, it fails, or it is only said.
type Point struct {
	Text  string
	Kind  PointKind
	Label string // for screen readers: "Passer", "Mangler"
	Href  string // where something can be done about it; may be empty
}

// PointKind is the sign before a point.
type PointKind string

// The kinds of points. Empty is Plain.
const (
	Yes   PointKind = "yes"
	No    PointKind = "no"
	Plain PointKind = "plain"
)

// Card is one thing among several, such as an answer to a need: template
// "ui.card". The title is an h3, or an h2 with Top.
type Card struct {
	ID      string // of the article; may be empty
	Top     bool
	Kicker  string
	Title   string
	Href    string
	Text    string
	Tags    []Tag
	Facts   []Fact
	Why     string // heading of the points: "Hvorfor dette"
	Points  []Point
	Actions []Action
	Color   Color // a coloured edge; none when empty
}

// Details opens on a press: template "ui.details".
type Details struct {
	Summary    string
	Open       bool
	Paragraphs []string
	Points     []Point
	Facts      []Fact
}

// Copy shows an address to pass on, with a button that copies it and perhaps a
// QR code: template "ui.copy".
type Copy struct {
	ID     string
	Label  string
	Hint   string
	Value  string
	Button string
	QRSrc  string // address of the picture
	QRAlt  string
}

// Ball says who has to act and by when: template "ui.ball".
type Ball struct {
	Title string // the thing it is about, in a list of balls; may be empty
	Href  string // of the thing
	Label string // "Hos"
	Who   string // "Fagskolen"
	Due   string // "svar innen 12. mars"; may be empty
	Note  string // what is expected; may be empty
	State BallState
	Tags  []Tag // "Over fristen"
}

// BallState colours the ball.
type BallState string

// The states of a ball. Empty is BallWaiting.
const (
	BallMine    BallState = "mine"    // the reader must act
	BallWaiting BallState = "waiting" // somebody else must
	BallLate    BallState = "late"    // the date has passed
	BallRest    BallState = "rest"    // nobody has to: the matter is ended
)

// StepState is how far a step has come.
type StepState string

// The states of a step. Empty is StepTodo.
const (
	StepDone    StepState = "done"
	StepCurrent StepState = "current"
	StepTodo    StepState = "todo"
	StepSkipped StepState = "skipped"
)

// Step is a stage of Steps or Progress. StateLabel says the state in words.
type Step struct {
	Label      string
	Text       string // date, result
	Href       string
	State      StepState
	StateLabel string
}

// Steps shows where one is in a form of several pages: template "ui.steps".
type Steps struct {
	Label string
	Items []Step
}

// Progress is the red thread: what has happened with a thing and what comes:
// template "ui.progress".
type Progress struct {
	Label string
	Items []Step
}

// Event is a line of a Timeline.
type Event struct {
	When string
	ISO  string // machine-readable moment or day
	Who  string
	Href string // where Who leads, if anywhere
	Text string
	Note string
}

// Timeline is what happened, newest first: template "ui.timeline".
type Timeline struct {
	Label string
	Items []Event
}

// Draft keeps what is typed in the form around it: template "ui.draft". The
// script posts the form to URL when the typing rests; when that fails, or URL
// is empty, it keeps the text in the browser under Key until the form is sent.
type Draft struct {
	URL, Key       string
	Saving, Saved  string // "Lagrer utkast", "Utkast lagret {time}"
	Offline        string // "Ikke kontakt; utkastet ligger på denne maskinen"
	Found          string // "Vi fant tekst du ikke fikk sendt {time}."
	Restore, Throw string // buttons
}

package casework

import (
	"regexp"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

// ID names a case, and the others what belongs to one.
type (
	ID          = meeting.CaseID
	DocumentID  = id.Of[Document]
	TreatmentID = id.Of[Treatment]
	InputID     = id.Of[Input]
)

// Kind is what the body is to do with the case. Stored as written.
type Kind string

// The kinds.
const (
	Decision      Kind = "decision"
	Discussion    Kind = "discussion"
	Information   Kind = "information" // referatsak
	Interpellate  Kind = "interpellation"
	Consultation  Kind = "consultation"
	LargerProcess Kind = "larger"    // a larger political case (D.6)
	Admission     Kind = "admission" // of a new member of a council
)

// Kinds lists the kinds in the order pages show them.
func Kinds() []Kind {
	return []Kind{Decision, Discussion, Information, Interpellate, Consultation, LargerProcess, Admission}
}

// Label is the kind's name.
func (k Kind) Label() i18n.Key { return i18n.Key("case.kind." + string(k)) }

// Decides reports whether a case of the kind ends in a decision, so that its paper
// must recommend one.
func (k Kind) Decides() bool { return k == Decision || k == Consultation || k == Admission }

// Number is an archive number: 2020/10212.
type Number struct{ Year, Serial int }

// String writes the number; the zero Number is empty.
func (n Number) String() string {
	if n == (Number{}) {
		return ""
	}
	return strconv.Itoa(n.Year) + "/" + strconv.Itoa(n.Serial)
}

// numbered is how an archive number is written.
var numbered = regexp.MustCompile(`^((?:19|20)\d{2})/(\d{1,7})$`)

// ParseNumber reads an archive number, and reports whether s is one.
func ParseNumber(s string) (Number, bool) {
	m := numbered.FindStringSubmatch(s)
	if m == nil {
		return Number{}, false
	}
	year, _ := strconv.Atoi(m[1]) // four and seven digits at most
	serial, _ := strconv.Atoi(m[2])
	return Number{year, serial}, serial > 0
}

// Content is what is written about a case itself.
type Content struct {
	Kind  Kind
	Title string
	// PublicTitle is what all may read of a closed case: it must not tell what is
	// closed. Empty for an open one.
	PublicTitle string
	// Officer is the office that writes the case: "Rådgiver, sekretariatet".
	Officer string
	// Origin is the organisation that brought the case, if any.
	Origin access.OrgID
	// Closed is the secretariat's proposal; Ground is a code of MeetingGrounds.
	Closed bool
	Ground string
	// ReadyBy is the day the paper is to be ready.
	ReadyBy clock.Date
	// Interpellation holds the question of an interpellation and its answer.
	Interpellation casepaper.Interpellation
}

// Case is a case with the names that belong to it.
type Case struct {
	ID ID
	Content
	Body      meeting.BodyID
	Archive   access.OrgID
	Number    Number
	State     flow.State
	Ball      flow.Ball
	Plan      Plan
	CreatedAt clock.Time
	Version   int64

	BodyName, OriginName, ArchiveName string
}

// The longest texts, in characters.
const (
	MaxTitle  = 250
	MaxOffice = 150
	MaxWords  = 20_000
	MaxTold   = 4_000
)

// tidied is the content with its texts put right.
func (c Content) tidied() Content {
	for _, s := range []*string{&c.Title, &c.PublicTitle, &c.Officer, &c.Interpellation.AskedBy, &c.Interpellation.AnsweredBy} {
		*s = text.CleanLine(*s)
	}
	c.Interpellation.Question, c.Interpellation.Answer = text.CleanMultiline(c.Interpellation.Question), text.CleanMultiline(c.Interpellation.Answer)
	if !c.Closed {
		c.Ground, c.PublicTitle = "", ""
	}
	return c
}

// check notes what is wrong with the content at the fields of the form.
func (c Content) check(fs *fault.Fields) {
	fs.Text("title", c.Title, MaxTitle, true)
	fs.Text("officer", c.Officer, MaxOffice, true)
	fs.Text("public_title", c.PublicTitle, MaxTitle, c.Closed)
	fs.Text("question", c.Interpellation.Question, MaxWords, c.Kind == Interpellate)
	fs.Text("asked_by", c.Interpellation.AskedBy, MaxOffice, c.Kind == Interpellate)
	fs.Text("answer", c.Interpellation.Answer, MaxWords, false)
	fs.Text("answered_by", c.Interpellation.AnsweredBy, MaxOffice, c.Interpellation.Answer != "")
	if !slices.Contains(Kinds(), c.Kind) {
		fs.Add("kind", "form.error.choice")
	}
	if c.Closed && !slices.Contains(codes(MeetingGrounds()), c.Ground) {
		fs.Add("ground", "form.error.required")
	}
	// A neutral title that repeats the real one tells what is closed.
	if c.Closed && c.PublicTitle != "" && text.Fold(c.PublicTitle) == text.Fold(c.Title) {
		fs.Add("public_title", "case.error.same_title")
	}
}

// Document is a document of a case. Ground is a code of DocumentGrounds, empty for
// an open one.
type Document struct {
	ID      DocumentID
	Case    ID
	Nr      int
	Letter  Letter
	Title   string
	Day     clock.Date
	Ground  string
	Version int64
}

// Letter is what sort of document it is, as archives write it.
type Letter string

// Letters lists the letters: case paper, in, out, note inside, note outside the
// journal.
func Letters() []Letter { return []Letter{"S", "I", "U", "N", "X"} }

// Label is what the letter means.
func (l Letter) Label() i18n.Key { return i18n.Key("case.letter." + string(l)) }

func (d Document) check(fs *fault.Fields) {
	fs.Text("title", d.Title, MaxTitle, true)
	if !slices.Contains(Letters(), d.Letter) {
		fs.Add("letter", "form.error.choice")
	}
	if d.Day.IsZero() {
		fs.Add("day", "form.error.required")
	}
	if d.Ground != "" && !slices.Contains(codes(DocumentGrounds()), d.Ground) {
		fs.Add("ground", "form.error.choice")
	}
}

// Result is what came of a treatment. Stored as written.
type Result string

// The results.
const (
	Planned   Result = "planned"
	Adopted   Result = "adopted"
	Rejected  Result = "rejected"
	Postponed Result = "postponed"
	SentOn    Result = "sent_on"
	Noted     Result = "noted"
	Returned  Result = "returned" // to be revised
	Advised   Result = "advised"  // a recommendation to the next body
)

// Results lists what a treatment can end with.
func Results() []Result {
	return []Result{Adopted, Rejected, Postponed, SentOn, Noted, Returned, Advised}
}

// Label is the result's name.
func (r Result) Label() i18n.Key { return i18n.Key("case.result." + string(r)) }

// Treatment is a treatment of a case by a body. Body is zero for a body that the
// register does not have.
type Treatment struct {
	ID       TreatmentID
	Case     ID
	Position int
	Body     meeting.BodyID
	BodyName string
	Number   string
	Day      clock.Date
	Result   Result
	Told     string
	Version  int64
}

// treatmentNumber is a body's own number of a case: PS 23/20. Some bodies write
// letters after it, or none before.
var treatmentNumber = regexp.MustCompile(`^(?:\p{Lu}{1,5} )?\d{1,5}/\d{2}$`)

// Check notes what is wrong with the treatment at the fields of the form.
func (t Treatment) Check(fs *fault.Fields) {
	fs.Text("body_called", t.BodyName, MaxTitle, t.Body == "")
	fs.Text("told", t.Told, MaxTold, false)
	if t.Number != "" && !treatmentNumber.MatchString(t.Number) {
		fs.Add("number", "case.error.number")
	}
	if t.Result != Planned && !slices.Contains(Results(), t.Result) {
		fs.Add("result", "form.error.choice")
	}
	if t.Result != Planned && t.Day.IsZero() {
		fs.Add("day", "form.error.required")
	}
}

// Input is what a member said to a proposal, and what was done with it.
type Input struct {
	ID      InputID
	Case    ID
	Sender  string
	Day     clock.Date
	Words   string
	Done    string
	Version int64
}

func (i Input) check(fs *fault.Fields) {
	fs.Text("sender", i.Sender, MaxOffice, true)
	fs.Text("words", i.Words, MaxTold, true)
	fs.Text("done", i.Done, MaxTold, false)
	if i.Day.IsZero() {
		fs.Add("day", "form.error.required")
	}
}

package question

import (
	"slices"

	"kompetansetorg/internal/kit/i18n"
)

// Kind is the kind of answer that a question asks for. Stored as written.
type Kind string

// The kinds.
const (
	Text         Kind = "text"
	Long         Kind = "long"
	Number       Kind = "number"  // a whole number
	Decimal      Kind = "decimal" // up to three decimals
	Money        Kind = "money"
	Date         Kind = "date"
	Single       Kind = "single"
	Multiple     Kind = "multiple"
	Organisation Kind = "organisation"
	Municipality Kind = "municipality"
	PersonRole   Kind = "person_role" // what a person is, and where; never who
	Concept      Kind = "concept"     // an occupation, trade or topic of the vocabularies
	File         Kind = "file"
	Note         Kind = "note" // a text; nothing is asked
	Table        Kind = "table"
)

// Kinds lists the kinds in the order pages show them.
func Kinds() []Kind {
	return []Kind{Text, Long, Number, Decimal, Money, Date, Single, Multiple, Organisation, Municipality, PersonRole, Concept, Table, Note, File}
}

// IsNumber reports whether the answer is a number that can be added.
func (k Kind) IsNumber() bool { return k == Number || k == Decimal || k == Money }

// HasChoices reports whether the answer is chosen from a list.
func (k Kind) HasChoices() bool { return k == Single || k == Multiple }

// IsRegister reports whether the answer is looked up in a register of the house.
func (k Kind) IsRegister() bool { return k == Organisation || k == Municipality || k == Concept }

// canBeColumn reports whether a column of a table can be of the kind.
func (k Kind) canBeColumn() bool { return k != Table && k != Note && k != File && k != Multiple }

// Sight is who may see an answer besides its owner and who asked.
type Sight string

// The sights, from the widest. Empty in a question is the form's.
const (
	SightOpen      Sight = "open"
	SightForum     Sight = "forum"
	SightProviders Sight = "providers"
	SightInternal  Sight = "internal"
)

// Sights lists the sights in the order pages show them.
func Sights() []Sight { return []Sight{SightOpen, SightForum, SightProviders, SightInternal} }

// PrefillKeys are the facts a room may fill in before anybody answers.
func PrefillKeys() []string {
	return []string{"org.name", "org.number", "org.municipality", "org.industry", "org.employees", "org.contact_role",
		"project.owner", "project.title", "project.manager", "project.chair", "project.contact", "project.anchoring", "project.goal", "project.audience", "project.activities",
		"project.method", "project.transfer", "project.events", "project.next"}
}

// Use is what a form is answered for. Stored as written.
type Use string

// The uses: what organisations are asked about themselves, and what projects report.
const (
	Survey Use = ""
	Report Use = "report"
)

// Uses lists them in the order pages show them.
func Uses() []Use { return []Use{Survey, Report} }

// Definition is a form: what is asked, in sections.
type Definition struct {
	Use   Use       `json:"use,omitempty"`
	Title i18n.Text `json:"title"`
	Intro i18n.Text `json:"intro"`
	// Sight of answers where the question says nothing; internal when empty.
	Sight    Sight     `json:"sight,omitempty"`
	Sections []Section `json:"sections"`
	// Contradictions are what is remarked on when it is handed in.
	Contradictions []Remark `json:"remarks,omitempty"`
}

// Section is a page of a form.
type Section struct {
	Name      string     `json:"name"`
	Title     i18n.Text  `json:"title"`
	Intro     i18n.Text  `json:"intro"`
	ShowIf    string     `json:"show_if,omitempty"`
	Questions []Question `json:"questions"`
}

// Question is one thing that is asked, or a column of a table.
type Question struct {
	Name     string    `json:"name"`
	Kind     Kind      `json:"kind"`
	Label    i18n.Text `json:"label"`
	Hint     i18n.Text `json:"hint"`
	Required bool      `json:"required,omitempty"`
	// ShowIf decides whether it is asked, Constraint what the answer must
	// fulfil, Calculation what the answer is: expressions, empty for none.
	ShowIf            string    `json:"show_if,omitempty"`
	Constraint        string    `json:"constraint,omitempty"`
	ConstraintMessage i18n.Text `json:"constraint_message"`
	Calculation       string    `json:"calculation,omitempty"`
	Limits            Limits    `json:"limits"`
	Choices           []Choice  `json:"choices,omitempty"`
	// ChoiceFilter decides which choices are offered; a bare name in it is an
	// attribute of the choice.
	ChoiceFilter string `json:"choice_filter,omitempty"`
	// Scheme is the vocabulary of a concept; empty for all of them.
	Scheme  string     `json:"scheme,omitempty"`
	Columns []Question `json:"columns,omitempty"`
	// Sum shows the sum of a column below the table.
	Sum bool `json:"sum,omitempty"`
	// Prefill names the fact that is filled in before anybody answers.
	Prefill string `json:"prefill,omitempty"`
	Sight   Sight  `json:"sight,omitempty"`
}

// Limits bound an answer. Min and Max are numbers, amounts in kroner or days,
// as people write them; the others count, and 0 is no limit, of files the usual one.
type Limits struct {
	Min        string `json:"min,omitempty"`
	Max        string `json:"max,omitempty"`
	MaxWords   int    `json:"max_words,omitempty"`
	MaxLength  int    `json:"max_length,omitempty"`
	MaxChoices int    `json:"max_choices,omitempty"`
	MinRows    int    `json:"min_rows,omitempty"`
	MaxRows    int    `json:"max_rows,omitempty"`
	MaxFiles   int    `json:"max_files,omitempty"`
}

// Choice is an answer to choose. Letter stands before it, as "a)"; Other asks
// for the answer in words besides.
type Choice struct {
	Code   string            `json:"code"`
	Letter string            `json:"letter,omitempty"`
	Label  i18n.Text         `json:"label"`
	Other  bool              `json:"other,omitempty"`
	Attrs  map[string]string `json:"attrs,omitempty"`
}

// Find is the question or column of the name, with the table a column is in.
func (d Definition) Find(name string) (q Question, table string, ok bool) {
	for _, s := range d.Sections {
		for _, q := range s.Questions {
			if q.Name == name {
				return q, "", true
			}
			if i := slices.IndexFunc(q.Columns, func(c Question) bool { return c.Name == name }); i >= 0 {
				return q.Columns[i], q.Name, true
			}
		}
	}
	return Question{}, "", false
}

// Section is the section of the name.
func (d Definition) Section(name string) (Section, bool) {
	i := slices.IndexFunc(d.Sections, func(s Section) bool { return s.Name == name })
	if i < 0 {
		return Section{}, false
	}
	return d.Sections[i], true
}

// SightOf is who may see the answers to the question, or to a column's table.
func (d Definition) SightOf(name string) Sight {
	q, table, ok := d.Find(name)
	if ok && q.Sight == "" && table != "" {
		q, _, _ = d.Find(table)
	}
	switch {
	case !ok:
		return SightInternal
	case q.Sight != "":
		return q.Sight
	case d.Sight != "":
		return d.Sight
	}
	return SightInternal
}

// Choice is the choice of the code.
func (q Question) Choice(code string) (Choice, bool) {
	i := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Code == code })
	if i < 0 {
		return Choice{}, false
	}
	return q.Choices[i], true
}

// Clone is a copy that shares nothing with d.
func (d Definition) Clone() Definition {
	d.Sections, d.Contradictions = slices.Clone(d.Sections), slices.Clone(d.Contradictions)
	for i := range d.Sections {
		d.Sections[i].Questions = cloneQuestions(d.Sections[i].Questions)
	}
	return d
}

func cloneQuestions(list []Question) []Question {
	list = slices.Clone(list)
	for i := range list {
		list[i].Choices = slices.Clone(list[i].Choices)
		list[i].Columns = cloneQuestions(list[i].Columns)
	}
	return list
}

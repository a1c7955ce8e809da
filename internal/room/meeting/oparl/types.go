package oparl

// Schema begins the type of every object.
const Schema = "https://schema.oparl.org/1.1/"

// Object is what all objects have. A deleted one has nothing more.
type Object struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Created  string `json:"created,omitempty"`
	Modified string `json:"modified,omitempty"`
	Web      string `json:"web,omitempty"`
	Deleted  bool   `json:"deleted,omitempty"`
}

// System is the interface itself.
type System struct {
	Object
	OparlVersion string `json:"oparlVersion"`
	Name         string `json:"name,omitempty"`
	Body         string `json:"body"`
	Website      string `json:"website,omitempty"`
	ContactEmail string `json:"contactEmail,omitempty"`
	Vendor       string `json:"vendor,omitempty"`
	Product      string `json:"product,omitempty"`
}

// Body is an organisation that bodies belong to.
type Body struct {
	Object
	System          string            `json:"system"`
	Name            string            `json:"name"`
	Website         string            `json:"website,omitempty"`
	Organization    string            `json:"organization"`
	Person          string            `json:"person"`
	Meeting         string            `json:"meeting"`
	Paper           string            `json:"paper"`
	Membership      string            `json:"membership"`
	LegislativeTerm []LegislativeTerm `json:"legislativeTerm"`
}

// LegislativeTerm is a term of an elected assembly. Ours have none: bodies of
// organisations have members from a day to a day, each their own.
type LegislativeTerm struct {
	Object
	Name string `json:"name,omitempty"`
}

// Organization is a body that meets.
type Organization struct {
	Object
	Body              string   `json:"body"`
	Name              string   `json:"name"`
	Membership        []string `json:"membership,omitempty"`
	Meeting           string   `json:"meeting"`
	SubOrganizationOf string   `json:"subOrganizationOf,omitempty"`
	OrganizationType  string   `json:"organizationType"`
	Classification    string   `json:"classification,omitempty"`
	StartDate         string   `json:"startDate,omitempty"`
	EndDate           string   `json:"endDate,omitempty"`
	Website           string   `json:"website,omitempty"`
	MemberCount       int      `json:"memberCount,omitempty"`
	VotingMemberCount int      `json:"votingMemberCount,omitempty"`
}

// Person is an office that holds a seat.
type Person struct {
	Object
	Body       string       `json:"body"`
	Name       string       `json:"name"`
	Title      []string     `json:"title,omitempty"`
	Membership []Membership `json:"membership,omitempty"`
}

// Membership is an office in a seat.
type Membership struct {
	Object
	Person       string `json:"person"`
	Organization string `json:"organization"`
	Role         string `json:"role"`
	VotingRight  bool   `json:"votingRight"`
	StartDate    string `json:"startDate,omitempty"`
	EndDate      string `json:"endDate,omitempty"`
}

// Meeting is a meeting.
type Meeting struct {
	Object
	Name            string       `json:"name"`
	MeetingState    string       `json:"meetingState"`
	Cancelled       bool         `json:"cancelled"`
	Start           string       `json:"start"`
	End             string       `json:"end"`
	Location        *Location    `json:"location,omitempty"`
	Organization    []string     `json:"organization"`
	Invitation      *File        `json:"invitation,omitempty"`
	ResultsProtocol *File        `json:"resultsProtocol,omitempty"`
	AgendaItem      []AgendaItem `json:"agendaItem,omitempty"`
}

// Location is where a meeting is.
type Location struct {
	Object
	Description string   `json:"description"`
	Meetings    []string `json:"meetings,omitempty"`
}

// AgendaItem is an item of an agenda. Ground is ours: why it is closed.
type AgendaItem struct {
	Object
	Meeting        string `json:"meeting"`
	Number         string `json:"number,omitempty"`
	Order          int    `json:"order"`
	Name           string `json:"name"`
	Public         bool   `json:"public"`
	Consultation   string `json:"consultation,omitempty"`
	Result         string `json:"result,omitempty"`
	ResolutionText string `json:"resolutionText,omitempty"`
	Ground         string `json:"kompetansetorg:ground,omitempty"`
}

// Paper is a case. Ground is ours: why it is proposed closed.
type Paper struct {
	Object
	Body                   string         `json:"body,omitempty"`
	Name                   string         `json:"name,omitempty"`
	Reference              string         `json:"reference,omitempty"`
	Date                   string         `json:"date,omitempty"`
	PaperType              string         `json:"paperType,omitempty"`
	MainFile               *File          `json:"mainFile,omitempty"`
	AuxiliaryFile          []File         `json:"auxiliaryFile,omitempty"`
	UnderDirectionOf       []string       `json:"underDirectionOf,omitempty"`
	OriginatorOrganization []string       `json:"originatorOrganization,omitempty"`
	Consultation           []Consultation `json:"consultation,omitempty"`
	Ground                 string         `json:"kompetansetorg:ground,omitempty"`
}

// Consultation is a treatment of a case by a body.
type Consultation struct {
	Object
	Paper         string   `json:"paper"`
	AgendaItem    string   `json:"agendaItem,omitempty"`
	Meeting       string   `json:"meeting,omitempty"`
	Organization  []string `json:"organization,omitempty"`
	Authoritative bool     `json:"authoritative"`
	Role          string   `json:"role,omitempty"`
}

// File is a file that can be fetched.
type File struct {
	Object
	Name      string   `json:"name"`
	FileName  string   `json:"fileName"`
	MimeType  string   `json:"mimeType"`
	Date      string   `json:"date,omitempty"`
	Size      int64    `json:"size,omitempty"`
	AccessURL string   `json:"accessUrl"`
	Meeting   []string `json:"meeting,omitempty"`
	Paper     []string `json:"paper,omitempty"`
}

// List is a page of a list.
type List[T any] struct {
	Data       []T        `json:"data"`
	Pagination Pagination `json:"pagination"`
	Links      Links      `json:"links"`
}

// Pagination counts.
type Pagination struct {
	TotalElements   int `json:"totalElements"`
	ElementsPerPage int `json:"elementsPerPage"`
}

// Links lead from page to page; the filters that were asked for are kept in them.
type Links struct {
	First string `json:"first"`
	Self  string `json:"self"`
	Next  string `json:"next,omitempty"`
}

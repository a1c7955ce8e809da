package centreweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/centre"
)

// registerAPI adds the JSON of study centres.
func registerAPI(d *gate.Door, p *Pages) {
	tags := []string{"centre"}
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/centres", Rule: gate.Public(), ID: "list-centres", Summary: "Study centres, the oldest first", Tags: tags}, p.apiList)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/centres/{id}", Rule: gate.Public(), ID: "get-centre", Summary: "A study centre with what can be taken there, its rooms, wishes and news", Tags: tags}, p.apiGet)
	gate.Register(d, gate.Op{Method: "GET", Path: "/api/v1/centres/{id}/rooms/{room}/bookings", Rule: gate.Public(), ID: "list-room-bookings", Summary: "When a room is taken, without what for", Tags: tags}, p.apiBookings)
}

type centresOut struct {
	Body struct {
		Items []Centre `json:"items"`
		Total int      `json:"total"`
	}
}

// Centre is a study centre in JSON.
type Centre struct {
	ID           string   `json:"id"`
	Organisation string   `json:"organisation"`
	Name         string   `json:"name"`
	Municipality string   `json:"municipality"`
	About        string   `json:"about"`
	Services     []string `json:"services"`
	Contact      string   `json:"contact" doc:"A role and how to reach it"`
	Version      int64    `json:"version"`
}

// CentreDetail is a centre with all that its page shows.
type CentreDetail struct {
	Centre
	Partners   []CentrePartner   `json:"partners"`
	Programmes []CentreProgramme `json:"programmes"`
	Rooms      []CentreRoom      `json:"rooms"`
	Wishes     []CentreWish      `json:"wishes" doc:"Courses that are wished for, with a waiting list"`
	News       []CentreNews      `json:"news"`
}

// CentrePartner runs the centre together with others.
type CentrePartner struct {
	Organisation string `json:"organisation"`
	Name         string `json:"name"`
	Part         string `json:"part"`
}

// CentreProgramme can be taken at the centre.
type CentreProgramme struct {
	Programme string    `json:"programme"`
	Title     i18n.Text `json:"title"`
	How       string    `json:"how"`
}

// CentreRoom can be asked for.
type CentreRoom struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Address      string `json:"address"`
	Municipality string `json:"municipality"`
	Seats        int    `json:"seats"`
	Equipment    string `json:"equipment"`
	Closed       bool   `json:"closed"`
}

// CentreWish is a course that people wish for.
type CentreWish struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Title  string `json:"title"`
	Words  string `json:"words"`
	Level  string `json:"level"`
	Least  int    `json:"least" doc:"How many are needed before the centre reports the need"`
	State  string `json:"state" enum:"proposed,open,enough,reported,closed"`
}

// CentreNews is something that the centre tells.
type CentreNews struct {
	ID    string     `json:"id"`
	Title string     `json:"title"`
	Words string     `json:"words"`
	At    clock.Time `json:"at"`
}

func inJSON(c centre.Centre) Centre {
	return Centre{ID: string(c.ID), Organisation: string(c.Org), Name: c.Name, Municipality: c.Municipality, About: c.About, Services: append([]string{}, c.ServiceList()...), Contact: c.Contact, Version: c.Version}
}

func (p *Pages) apiList(ctx context.Context, actor access.Actor, _ *struct{}) (*centresOut, error) {
	list, err := p.Centres.List(ctx, actor, centre.Filter{})
	if err != nil {
		return nil, err
	}
	out := &centresOut{}
	out.Body.Items, out.Body.Total = make([]Centre, len(list)), len(list)
	for i, c := range list {
		out.Body.Items[i] = inJSON(c)
	}
	return out, nil
}

type centreIn struct {
	ID string `path:"id" doc:"The id"`
}

type centreOut struct{ Body CentreDetail }

func (p *Pages) apiGet(ctx context.Context, actor access.Actor, in *centreIn) (*centreOut, error) {
	id, err := centre.ParseID(in.ID)
	if err != nil {
		return nil, fault.Missing()
	}
	d, err := p.Centres.Get(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	out := CentreDetail{Centre: inJSON(d.Centre), Partners: []CentrePartner{}, Programmes: []CentreProgramme{}, Rooms: []CentreRoom{}, Wishes: []CentreWish{}, News: []CentreNews{}}
	for _, x := range d.Partners {
		out.Partners = append(out.Partners, CentrePartner{string(x.Org), x.Name, x.Part})
	}
	for _, x := range d.Courses {
		out.Programmes = append(out.Programmes, CentreProgramme{x.Programme, x.Title, x.How})
	}
	for _, x := range d.Rooms {
		out.Rooms = append(out.Rooms, CentreRoom{string(x.ID), x.Name, x.Address, x.Municipality, x.Seats, x.Equipment, x.Closed})
	}
	for _, x := range d.Wishes {
		out.Wishes = append(out.Wishes, CentreWish{string(x.ID), x.Number, x.Title, x.Words, x.Level, x.Least, string(x.State)})
	}
	for _, x := range d.News {
		out.News = append(out.News, CentreNews{string(x.ID), x.Title, x.Words, x.At})
	}
	return &centreOut{out}, nil
}

type bookingsIn struct {
	ID   string     `path:"id" doc:"The id of the centre"`
	Room string     `path:"room" doc:"The id of the room"`
	From clock.Date `query:"from" doc:"The first day; today when it is left out"`
	Days int        `query:"days" minimum:"1" maximum:"366" default:"7"`
}

// RoomBooking is a time when a room is taken.
type RoomBooking struct {
	From clock.Time `json:"from"`
	To   clock.Time `json:"to"`
	Sort string     `json:"sort" enum:"teaching,gathering,exam,other"`
}

type bookingsOut struct {
	Body struct {
		Items []RoomBooking `json:"items"`
		Total int           `json:"total"`
	}
}

func (p *Pages) apiBookings(ctx context.Context, _ access.Actor, in *bookingsIn) (*bookingsOut, error) {
	room, err := centre.ParseRoomID(in.Room)
	if err != nil {
		return nil, fault.Missing()
	}
	from := in.From
	if from.IsZero() {
		from = p.Clock.Today()
	}
	c, err := p.Bookings.Calendar(ctx, access.Actor{}, room, from, in.Days)
	if err == nil && string(c.Of.ID) != in.ID {
		err = fault.Missing()
	}
	if err != nil {
		return nil, err
	}
	out := &bookingsOut{}
	out.Body.Items, out.Body.Total = make([]RoomBooking, len(c.Bookings)), len(c.Bookings)
	for i, b := range c.Bookings {
		out.Body.Items[i] = RoomBooking{b.From, b.To, string(b.Sort)}
	}
	return out, nil
}

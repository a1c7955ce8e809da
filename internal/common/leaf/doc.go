// Package leaf draws two pages that rooms would otherwise each write for themselves: a
// page with one form, which looks, refuses and keeps what was typed the same everywhere,
// and a page of sections in one or two columns.
//
//	leaf.Forms(door, gate.SignedIn(), map[string]leaf.Maker{"/ting/ny": p.newForm})
//
//	func (p *pages) newForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
//		… // who may not, finds nothing here
//		return leaf.Asked{Title: …, Fields: …, Read: func(in *form.Input) func() (string, error) {
//			thing := room.Thing{Name: in.Text("name")}
//			return func() (string, error) { return "/ting?ok=…", p.Room.Add(r.Context(), actor, thing) }
//		}}, nil
//	}
//
// Every change being a page of its own, all works by keyboard and without JavaScript.
package leaf

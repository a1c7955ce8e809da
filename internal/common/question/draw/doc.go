// Package draw shows a section of a form to whoever answers it, and reads back
// what he has posted. Every room that asks with forms draws them so:
//
//	page := draw.Page{Printer: t, Registers: p.Registers, Definition: a.Definition, Values: a.Values, Today: today, Live: "/…"}
//	view.Questions = page.Section(sec)                    // template "ui.questions", inside the room's form
//	problems := form.Refill(&view.Questions, nil, err, t) // puts the faults at their fields
//
//	values := draw.Read(r.PostForm, sec, a.Values)        // what was posted; what was not asked stays
//	values, err := p.Registers.Resolve(ctx, sec, values)  // finds occupations, municipalities, organisations
//	act := draw.ActOf(r.PostForm)                         // a button inside the questions, or none
//	values = act.Apply(sec, values)
//
// All works without JavaScript: a row is added and taken away, and questions
// that hang on others are shown, by buttons that post the form (formnovalidate)
// and draw it anew. With the script, Live answers the same questions and only
// what has changed is put in.
//
// The texts are in text/; the faults of package question are among them.
package draw

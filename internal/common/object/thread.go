package object

// ThreadPath is the address of the red thread of a thing: what it came from, and what came
// of it.
func (r Ref) ThreadPath() string { return "/rod-trad/" + r.Kind + "/" + r.ID }

package importweb

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
)

// options are the questions about all rows, beside those about the columns; only those who
// act for others are asked about other organisations.
func options(t i18n.Printer, actor access.Actor, u upload.Upload) []form.Field {
	tick := func(name string, label, yes i18n.Key, on bool) form.Field {
		return form.Field{Name: name, Kind: form.Checks, Label: t.T(label), Options: []form.Option{{Value: "1", Label: t.T(yes), Selected: on}}}
	}
	var out []form.Field
	if need.CanRepresent(actor) {
		out = append(out, tick("create", "import.option.create", "import.option.create.yes", u.Choices.Create),
			form.Field{Name: "mandate_ground", Kind: form.Text, Label: t.T("import.option.ground"), Hint: t.T("import.option.ground.hint"), Value: u.Choices.Ground})
	}
	return append(out, tick("drafts", "import.option.drafts", "import.option.drafts.yes", u.Choices.Drafts))
}

// answer reads what was answered to them.
func answer(in *form.Input, c *upload.Choices) {
	c.Create, c.Ground, c.Drafts = in.Bool("create"), in.Text("mandate_ground"), in.Bool("drafts")
}

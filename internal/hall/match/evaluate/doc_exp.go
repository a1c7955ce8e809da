package evaluate

import (
	"strconv"
	"strings"

	"kompetansetorg/internal/hall/match/rank"
)

func Doc(r map[string]string) rank.Document {
	d := rank.Document{ID: r["id"], Title: r["title"], Body: r["description"], Outcomes: r["learning_outcomes"], Admission: r["admission_requirements"], Level: rank.Level(r["level"])}
	d.Occupations = strings.FieldsFunc(r["occupations_styrk08"], func(r rune) bool { return r == ',' || r == ' ' })
	c, _ := strconv.ParseFloat(r["credits"], 64)
	switch r["credit_unit"] {
	case "sp", "fsp":
		c *= 27
	}
	d.Hours = c
	return d
}

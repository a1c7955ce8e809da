package personal

import "kompetansetorg/internal/common/person"

// forums are who did what in forums and the annual wheel: acts in public office, by the
// account that did them.
func forums() []person.Table {
	return []person.Table{
		by("forum_region_step", "recorded_by", "recorded_at", "region", "state"), by("forum_document", "recorded_by", "recorded_at", "title"),
		by("forum_signature", "recorded_by", "recorded_at", "state"), by("forum_effort", "created_by", "created_at", "title"),
		by("forum_example", "created_by", "created_at", "title"), by("forum_round", "created_by", "created_at", "title"),
		by("forum_answer", "answered_by", "answered_at", "round"), of(by("standing_need", "noted_by", "noted_at", "became"), "need", "need"),
		by("figure_source", "loaded_by", "loaded_at", "title"), by("wheel_round", "created_by", "created_at", "year"),
		by("wheel_input", "made_by", "made_at", "title"), by("region_page", "saved_by", "saved_at", "region"), by("region_effort", "added_by", "added_at", "region"), by("region_report", "added_by", "added_at", "title"), by("wheel_answer", "answered_by", "answered_at", "kind"),
	}
}

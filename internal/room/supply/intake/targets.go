package intake

import (
	"errors"

	"kompetansetorg/internal/kit/sheet"
)

func asSheet(err error, into **sheet.Error) bool { return errors.As(err, into) }

// targets are the fields with the headings people give them. The first is ours.
func targets() []sheet.Target {
	return []sheet.Target{
		{Field: "id", Names: []string{"id", "tilbud id", "tilbudsid", "kurskode", "kurs id", "offering id", "løpenummer"}},
		{Field: "programme_id", Names: []string{"programme_id", "utdanning id", "program id", "studieprogram id", "studiekode"}},
		{Field: "provider", Names: []string{"provider", "tilbyder", "tilbydar", "skole", "lærested", "arrangør", "utdanningssted", "organisasjonsnummer"}},
		{Field: "title", Names: []string{"title", "tittel", "navn", "namn", "kurs", "utdanning", "studium", "studienavn", "kursnavn", "program", "tilbud"}},
		{Field: "title_nn", Names: []string{"title_nn", "tittel nynorsk"}},
		{Field: "title_en", Names: []string{"title_en", "tittel engelsk", "english title"}},
		{Field: "level", Names: []string{"level", "nivå", "utdanningsnivå"}},
		{Field: "nkr_level", Names: []string{"nkr_level", "nkr", "nkr nivå"}},
		{Field: "credits", Names: []string{"credits", "studiepoeng", "omfang", "poeng", "fagskolepoeng", "timer"}},
		{Field: "credit_unit", Names: []string{"credit_unit", "enhet", "enhet for omfang", "poengtype"}},
		{Field: "description", Names: []string{"description", "beskrivelse", "beskriving", "omtale", "innhold", "om tilbudet"}},
		{Field: "description_nn", Names: []string{"description_nn", "beskrivelse nynorsk"}},
		{Field: "description_en", Names: []string{"description_en", "beskrivelse engelsk", "english description"}},
		{Field: "learning_outcomes", Names: []string{"learning_outcomes", "læringsutbytte", "læringsmål", "kompetansemål"}},
		{Field: "occupations_styrk08", Names: []string{"occupations_styrk08", "styrk08", "styrk", "yrkeskode", "yrker"}},
		{Field: "fields", Names: []string{"fields", "fagområde", "fagfelt", "fagkode"}},
		{Field: "topics", Names: []string{"topics", "tema", "emner"}},
		{Field: "admission_requirements", Names: []string{"admission_requirements", "opptakskrav", "krav", "forkunnskaper", "inntakskrav"}},
		{Field: "admission_requirements_nn", Names: []string{"admission_requirements_nn", "opptakskrav nynorsk"}},
		{Field: "admission_requirements_en", Names: []string{"admission_requirements_en", "opptakskrav engelsk"}},
		{Field: "language", Names: []string{"language", "språk", "undervisningsspråk"}},
		{Field: "supervision", Names: []string{"supervision", "oppfølging", "veiledning", "rettleiing"}},
		{Field: "supervision_nn", Names: []string{"supervision_nn", "oppfølging nynorsk"}},
		{Field: "supervision_en", Names: []string{"supervision_en", "oppfølging engelsk"}},
		{Field: "code", Names: []string{"code", "kode", "emnekode"}},
		{Field: "code_type", Names: []string{"code_type", "kodetype"}},
		{Field: "valid_from", Names: []string{"valid_from", "gyldig fra", "gjelder fra"}},
		{Field: "valid_to", Names: []string{"valid_to", "gyldig til", "gjelder til"}},
		{Field: "contact", Names: []string{"contact", "kontakt", "kontaktpunkt", "spørsmål til"}},
		{Field: "website", Names: []string{"website", "nettside", "nettsted", "url", "lenke", "hjemmeside"}},
		{Field: "start_type", Names: []string{"start_type", "oppstartstype", "starttype", "opptakstype", "opptak"}},
		{Field: "start_date", Names: []string{"start_date", "startdato", "oppstart", "start", "studiestart"}},
		{Field: "end_date", Names: []string{"end_date", "sluttdato", "slutt", "avslutning"}},
		{Field: "application_deadline", Names: []string{"application_deadline", "søknadsfrist", "frist", "påmeldingsfrist"}},
		{Field: "flexible_from", Names: []string{"flexible_from", "fleksibel oppstart fra"}},
		{Field: "flexible_to", Names: []string{"flexible_to", "fleksibel oppstart til"}},
		{Field: "no_rolling_reason", Names: []string{"no_rolling_reason", "hvorfor ikke løpende opptak", "begrunnelse for fast oppstart"}},
		{Field: "delivery", Names: []string{"delivery", "form", "undervisningsform", "leveringsform", "organisering", "gjennomføring"}},
		{Field: "digital_share", Names: []string{"digital_share", "andel nett", "andel digitalt", "prosent på nett"}},
		{Field: "workplace_share", Names: []string{"workplace_share", "andel arbeidsplass", "andel i bedrift", "prosent på arbeidsplassen"}},
		{Field: "part_time_percent", Names: []string{"part_time_percent", "deltid", "deltidsprosent", "studiebelastning"}},
		{Field: "attendance", Names: []string{"attendance", "tid på dagen", "undervisningstid", "når"}},
		{Field: "gatherings_municipality", Names: []string{"gatherings_municipality", "samlingssted", "samlinger kommune", "sted", "kommune", "kommunenummer", "studiested"}},
		{Field: "gatherings_count", Names: []string{"gatherings_count", "antall samlinger", "samlinger"}},
		{Field: "min_places", Names: []string{"min_places", "minste antall", "minimum deltakere", "minimum antall"}},
		{Field: "places", Names: []string{"places", "plasser", "antall plasser", "studieplasser", "maks deltakere"}},
		{Field: "enrolled", Names: []string{"enrolled", "påmeldte", "antall påmeldte", "opptatte", "deltakere"}},
		{Field: "pending", Names: []string{"pending", "søkere", "antall søkere", "ubehandlede søknader"}},
		{Field: "queued", Names: []string{"queued", "venteliste", "på venteliste"}},
		{Field: "answer_days", Names: []string{"answer_days", "svarfrist", "dager til svar", "dagar til svar"}},
		{Field: "wait_days", Names: []string{"wait_days", "ventetid", "ventetid i dager"}},
		{Field: "price_nok", Names: []string{"price_nok", "pris", "kursavgift", "studieavgift", "pris for deltaker", "egenandel"}},
		{Field: "price_employer_nok", Names: []string{"price_employer_nok", "pris for arbeidsgiver", "pris for bedrift"}},
		{Field: "price_year", Names: []string{"price_year", "prisår", "pris gjelder år"}},
		{Field: "admission_channel", Names: []string{"admission_channel", "opptakskanal", "søkes gjennom", "søk hos"}},
		{Field: "apply_url", Names: []string{"apply_url", "søknadslenke", "påmeldingslenke", "søk her", "lenke til søknad"}},
		{Field: "target_region", Names: []string{"target_region", "målområde", "region"}},
		{Field: "target_municipalities", Names: []string{"target_municipalities", "målkommuner", "for kommunene"}},
	}
}

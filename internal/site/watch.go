package site

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/council/hearing"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/need"
)

// watched is a page or operation whose readers are noted: those with what is
// personal, or may not be open to all. What is open is left out when it is written.
type watched struct {
	act  person.Act
	kind string
	// id is the path value with the thing's id; "id" when it is empty.
	id string
	// closed tells that the page is not open to all even where the thing is.
	closed bool
}

// fileKind is that of an attachment's version; the entry is about the thing it
// belongs to.
const fileKind = "attachment"

// watches are the watched routes. A test holds them and notWatched against the
// route table: a new route to read from must be in one of the two.
func watches() map[string]watched {
	return map[string]watched{
		"GET /moter/{id}/saker/{item}":                         {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/behandling":              {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/dorer":                   {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/forhand":                 {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/habilitet":               {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/habilitet/{recusal}":     {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/omfang":                  {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/kommentar":               {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/kommentar/{comment}":     {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/oppfolging":              {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/standpunkt":              {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/vedtak":                  {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saksliste":                            {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saksliste/{item}":                     {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/send-ut":                              {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/oppfolging/{follow}":                  {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /api/v1/cases/{id}":                               {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker":                                           {act: person.ListAll, kind: casework.FlowKind},
		"GET /saker/{id}":                                      {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker/{id}/innspill/{input}":                     {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker/{id}/kontroll":                             {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker/{id}/arkiv.zip":                            {act: person.Export, kind: casework.FlowKind},
		"GET /moter/{id}/arkiv.zip":                            {act: person.Export, kind: session.ObjectName},
		"GET /saker/{id}/papir":                                {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker/{id}/papir.docx":                           {act: person.Export, kind: casework.FlowKind},
		"GET /saker/{id}/papir.html":                           {act: person.Export, kind: casework.FlowKind},
		"GET /saker/{id}/papir.pdf":                            {act: person.Export, kind: casework.FlowKind},
		"GET /saker/{id}/rediger":                              {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker/{id}/saksframlegg":                         {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker/{id}/saksframlegg/{name}":                  {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker/{id}/utkast":                               {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker/{id}/utkast.docx":                          {act: person.Export, kind: casework.FlowKind},
		"GET /saker/{id}/utkast.html":                          {act: person.Export, kind: casework.FlowKind},
		"GET /saker/{id}/utkast.pdf":                           {act: person.Export, kind: casework.FlowKind},
		"GET /saker/{id}/versjoner":                            {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saksdokumenter/{id}":                             {act: person.ReadOne, kind: casework.DocumentKind},
		"GET /saksdokumenter/{id}/rediger":                     {act: person.ReadOne, kind: casework.DocumentKind},
		"GET /saker/{id}/behandling/{treatment}":               {act: person.ReadOne, kind: casework.FlowKind},
		"GET /saker/{id}/finansiering":                         {act: person.ReadOne, kind: casework.FlowKind},
		"GET /horinger/{id}":                                   {act: person.ReadOne, kind: hearing.ObjectName},
		"GET /horinger/{id}/rediger":                           {act: person.ReadOne, kind: hearing.ObjectName, closed: true},
		"GET /horinger/{id}/runde":                             {act: person.ReadOne, kind: hearing.ObjectName, closed: true},
		"GET /horinger/{id}/runder":                            {act: person.ReadOne, kind: hearing.ObjectName, closed: true},
		"GET /horinger/{id}/tekst":                             {act: person.ReadOne, kind: hearing.ObjectName, closed: true},
		"GET /horinger/{id}/innspill/{input}":                  {act: person.ReadOne, kind: hearing.ObjectName, closed: true},
		"GET /administrasjon/arbeid":                           {act: person.ListAll, kind: "job"},
		"GET /administrasjon/innsynslogg":                      {act: person.ListAll, kind: "look"},
		"GET /administrasjon/innsynslogg.csv":                  {act: person.Export, kind: "look"},
		"GET /administrasjon/kontoer":                          {act: person.ListAll, kind: "account"},
		"GET /administrasjon/kontoer/{id}":                     {act: person.ReadOne, kind: "account"},
		"GET /administrasjon/kontoer/{id}/roller/{role}":       {act: person.ReadOne, kind: "account"},
		"GET /administrasjon/kontoer/{id}/slett":               {act: person.ReadOne, kind: "account"},
		"GET /administrasjon/logg":                             {act: person.ListAll, kind: "audit"},
		"GET /api/v1/needs":                                    {act: person.ListAll, kind: need.FlowKind},
		"GET /api/v1/needs/{id}":                               {act: person.ReadOne, kind: need.FlowKind},
		"GET /api/v1/needs/{id}/matches":                       {act: person.ReadOne, kind: need.FlowKind},
		"GET /api/v1/pools/{id}":                               {act: person.ReadOne, kind: need.PoolFlowKind},
		"GET /api/v1/search":                                   {act: person.ListAll, kind: "search"},
		"GET /arbeid/{id}":                                     {act: person.ReadOne, kind: "job"},
		"GET /behov":                                           {act: person.ListAll, kind: need.FlowKind},
		"GET /behov/eksport.csv":                               {act: person.Export, kind: need.FlowKind},
		"GET /behov/eksport.json":                              {act: person.Export, kind: need.FlowKind},
		"GET /behov/eksport.xlsx":                              {act: person.Export, kind: need.FlowKind},
		"GET /behov/kart":                                      {act: person.ListAll, kind: need.FlowKind},
		"GET /behov/moteliste":                                 {act: person.ListAll, kind: need.FlowKind},
		"GET /behov/moteliste.docx":                            {act: person.Export, kind: need.FlowKind},
		"GET /behov/moteliste.html":                            {act: person.Export, kind: need.FlowKind},
		"GET /behov/moteliste.pdf":                             {act: person.Export, kind: need.FlowKind},
		"GET /behov/{id}":                                      {act: person.ReadOne, kind: need.FlowKind},
		"GET /behov/{id}/dom":                                  {act: person.ReadOne, kind: need.FlowKind},
		"GET /behov/{id}/rediger":                              {act: person.ReadOne, kind: need.FlowKind},
		"GET /behov/{id}/slett":                                {act: person.ReadOne, kind: need.FlowKind},
		"GET /behov/{id}/tilpasning":                           {act: person.ReadOne, kind: need.FlowKind},
		"GET /besok":                                           {act: person.ListAll, kind: "visit"},
		"GET /besok/eksport.csv":                               {act: person.Export, kind: "visit"},
		"GET /besok/eksport.xlsx":                              {act: person.Export, kind: "visit"},
		"GET /besok/trakt.csv":                                 {act: person.Export, kind: "visit"},
		"GET /besok/{id}":                                      {act: person.ReadOne, kind: "visit"},
		"GET /felles/{id}":                                     {act: person.ReadOne, kind: need.PoolFlowKind},
		"GET /felles/{id}/drofting":                            {act: person.ReadOne, kind: need.PoolFlowKind, closed: true},
		"GET /foresporsler":                                    {act: person.ListAll, kind: "need_request"},
		"GET /foresporsler/{id}":                               {act: person.ReadOne, kind: "need_request"},
		"GET /runder":                                          {act: person.ListAll, kind: "round"},
		"GET /runder/{id}":                                     {act: person.ReadOne, kind: "round"},
		"GET /runder/{id}/for/{invite}":                        {act: person.ReadOne, kind: "round_invite", id: "invite"},
		"GET /runder/{id}/for/{invite}/del/{name}":             {act: person.ReadOne, kind: "round_invite", id: "invite"},
		"GET /runder/{id}/for/{invite}/fil/{file}/{called}":    {act: person.Export, kind: "round_invite", id: "invite"},
		"GET /runder/{id}/for/{invite}/se-over":                {act: person.ReadOne, kind: "round_invite", id: "invite"},
		"GET /runder/{id}/lenker":                              {act: person.ReadOne, kind: "round"},
		"GET /runder/{id}/lenker.csv":                          {act: person.Export, kind: "round"},
		"GET /runder/{id}/papir":                               {act: person.ReadOne, kind: "round"},
		"GET /runder/{id}/papir.docx":                          {act: person.Export, kind: "round"},
		"GET /runder/{id}/papir.html":                          {act: person.Export, kind: "round"},
		"GET /runder/{id}/papir.pdf":                           {act: person.Export, kind: "round"},
		"GET /runder/{id}/resultat":                            {act: person.ReadOne, kind: "round"},
		"GET /runder/{id}/resultat.csv":                        {act: person.Export, kind: "round"},
		"GET /runder/{id}/resultat.xlsx":                       {act: person.Export, kind: "round"},
		"GET /runder/{id}/svar/{invite}":                       {act: person.ReadOne, kind: "round_invite", id: "invite"},
		"GET /slettekrav":                                      {act: person.ListAll, kind: "person_request"},
		"GET /slettekrav/{id}":                                 {act: person.ReadOne, kind: "person_request"},
		"GET /sok":                                             {act: person.ListAll, kind: "search"},
		"GET /vedlegg/til/{kind}/{ref}":                        {act: person.ReadOne, kind: ""},
		"GET /vedlegg/{id}/ny-versjon":                         {act: person.ReadOne, kind: fileKind},
		"GET /vedlegg/{id}/ta-bort":                            {act: person.ReadOne, kind: fileKind},
		"GET /vedlegg/{id}/{name}":                             {act: person.Export, kind: fileKind},
		"GET /moter/{id}/innkalt":                              {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/kostnad":                 {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/hastesak":                {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/slutt-til":               {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/egne-vedtak":             {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/egne-vedtak/{own}":       {act: person.ReadOne, kind: session.ObjectName, closed: true},
		"GET /moter/{id}/saker/{item}/egne-vedtak/{own}/lenke": {act: person.ReadOne, kind: session.ObjectName, closed: true},

		"GET /moter/{id}/behov":        {act: person.ListAll, kind: need.FlowKind},
		"GET /moter/{id}/behov/{need}": {act: person.ReadOne, kind: need.FlowKind, id: "need"},
	}
}

// Why readers of a route are not noted.
const (
	notOpen      = "open to all, with nothing about persons"
	notOffers    = "the catalogue, which is open, and a provider's own part of it"
	notCards     = "the toolbox, which is open"
	notOrgs      = "the public register of organisations and who acts for whom; no persons"
	notMeetings  = "meetings, agendas as sent and minutes as published, which are open; what is closed has pages of its own"
	notSigns     = "that a page has changed, and nothing of what it shows; the page itself is watched"
	notCouncils  = "agreements, fees, notices and duties of councils, which are open; a draft has no persons either"
	notForums    = "forums, agreements, input and what partners do, which are open; answers of organisations, which are no persons"
	notBodies    = "bodies, seats, offices and rules, which are open"
	notOut       = "what all may read, and the same to everybody who asks"
	notForms     = "what a form asks, without answers"
	notOwn       = "the reader's own"
	notOwnUpload = "what the reader uploaded and has not confirmed"
	notLink      = "who has the secret link reads what the link is for, without an account"
	notPools     = "pooled needs are open, and each need in one is shown as its own rule says"
	notNumbers   = "numbers only, and small ones are hidden"
	notPlace     = "leads on to the page that is read, which is watched"
	notEmpty     = "a form about nothing yet, or about dates and areas"
	notSystem    = "how the system is set up and runs; no persons"
)

// notWatched are the other routes to read from, with why.
func notWatched() map[string]string {
	return map[string]string{
		"GET /administrasjon":                               notSystem,
		"GET /administrasjon/kontoer/ny":                    notSystem,
		"GET /administrasjon/oppbevaring":                   notSystem,
		"GET /administrasjon/oppsett":                       notSystem,
		"GET /api":                                          notOpen,
		"GET /api/v1/bodies":                                notBodies,
		"GET /api/v1/bodies/{id}":                           notBodies,
		"GET /api/v1/cards":                                 notCards,
		"GET /api/v1/concepts":                              notOpen,
		"GET /api/v1/demand":                                notNumbers,
		"GET /api/v1/forms":                                 notForms,
		"GET /api/v1/forms/{code}":                          notForms,
		"GET /api/v1/municipalities":                        notOpen,
		"GET /api/v1/offerings":                             notOffers,
		"GET /api/v1/offerings/{id}":                        notOffers,
		"GET /api/v1/organisations":                         notOrgs,
		"GET /api/v1/organisations/lookup":                  notOrgs,
		"GET /api/v1/organisations/{id}":                    notOrgs,
		"GET /api/v1/pools":                                 notPools,
		"GET /api/v1/programmes":                            notOffers,
		"GET /api/v1/programmes/{id}":                       notOffers,
		"GET /behov/import":                                 notOwnUpload,
		"GET /behov/import/mal.xlsx":                        notOwnUpload,
		"GET /behov/import/{id}/feil.xlsx":                  notOwnUpload,
		"GET /behov/import/{id}/ferdig":                     notOwnUpload,
		"GET /behov/import/{id}/kolonner":                   notOwnUpload,
		"GET /behov/import/{id}/kontroll":                   notOwnUpload,
		"GET /behov/lim-inn":                                notOwnUpload,
		"GET /behov/lim-inn/{id}/forslag":                   notOwnUpload,
		"GET /behov/lim-inn/{id}/forslag/{nr}":              notOwnUpload,
		"GET /behov/ny":                                     notEmpty,
		"GET /besok/importer":                               notOwnUpload,
		"GET /besok/importer/mal.xlsx":                      notOwnUpload,
		"GET /besok/importer/{id}/feil.xlsx":                notOwnUpload,
		"GET /besok/importer/{id}/ferdig":                   notOwnUpload,
		"GET /besok/importer/{id}/kolonner":                 notOwnUpload,
		"GET /besok/importer/{id}/kontroll":                 notOwnUpload,
		"GET /besok/ny":                                     notEmpty,
		"GET /rundesvar/{answer}":                           notPlace,
		"GET /svar/{token}/fil/{file}/{called}":             notLink,
		"GET /bli-med/{token}":                              notLink,
		"GET /ettersporsel":                                 notNumbers,
		"GET /ettersporsel.csv":                             notNumbers,
		"GET /ettersporsel.json":                            notNumbers,
		"GET /felles":                                       notPools,
		"GET /felles/ny":                                    notEmpty,
		"GET /felles/{id}/be-om-tilpasning":                 notPools,
		"GET /felles/{id}/flytt":                            notPools,
		"GET /felles/{id}/legg-til":                         notPools,
		"GET /felles/{id}/rediger":                          notPools,
		"GET /finn":                                         notOpen,
		"GET /finn/begrep":                                  notOpen,
		"GET /folg/{token}":                                 notLink,
		"GET /folg/{token}/qr.png":                          notLink,
		"GET /forum-og-rad":                                 notBodies,
		"GET /forum-og-rad/nytt":                            notEmpty,
		"GET /invitasjon/{token}":                           notLink,
		"GET /kilder":                                       notOpen,
		"GET /konto":                                        notOwn,
		"GET /konto/data":                                   notOwn,
		"GET /konto/data/{kind}":                            notOwn,
		"GET /konto/mine-data.csv":                          notOwn,
		"GET /konto/mine-data.json":                         notOwn,
		"GET /konto/passord":                                notOwn,
		"GET /konto/slett":                                  notOwn,
		"GET /konto/slettekrav":                             notOwn,
		"GET /kvalitet":                                     notNumbers,
		"GET /logg-inn":                                     notOpen,
		"GET /oeapi/v6":                                     notOffers,
		"GET /oeapi/v6/organisations":                       notOffers,
		"GET /oeapi/v6/organisations/{id}":                  notOffers,
		"GET /oeapi/v6/organisations/{id}/programmes":       notOffers,
		"GET /oeapi/v6/programme-offerings/{id}":            notOffers,
		"GET /oeapi/v6/programmes":                          notOffers,
		"GET /oeapi/v6/programmes/{id}":                     notOffers,
		"GET /oeapi/v6/programmes/{id}/offerings":           notOffers,
		"GET /oeapi/v6/programmes/{id}/programme-offerings": notOffers,
		"GET /oeapi/v6/{$}":                                 notOffers,
		"GET /organ/{id}":                                   notBodies,
		"GET /organ/{id}/avtale":                            notCouncils,
		"GET /organ/{id}/avtale/ny":                         notEmpty,
		"GET /organ/{id}/avtale/sammenlign":                 notCouncils,
		"GET /organ/{id}/avtale/sjekk":                      notCouncils,
		"GET /organ/{id}/evaluering/{year}":                 notEmpty,
		"GET /organ/{id}/horinger":                          notCouncils,
		"GET /organ/{id}/horinger/ny":                       notEmpty,
		"GET /organ/{id}/kontingent":                        notCouncils,
		"GET /organ/{id}/kontingent/grunnlag.csv":           notCouncils,
		"GET /organ/{id}/kontingent/grunnlag.xlsx":          notCouncils,
		"GET /organ/{id}/kontingent/innskudd":               notEmpty,
		"GET /organ/{id}/kontingent/ny":                     notEmpty,
		"GET /organ/{id}/kontingent/{fee}/endre":            notCouncils,
		"GET /organ/{id}/plikter":                           notCouncils,
		"GET /organ/{id}/plikter/ny":                        notEmpty,
		"GET /organ/{id}/plikter/{matter}/meldt":            notCouncils,
		"GET /organ/{id}/uttreden":                          notCouncils,
		"GET /avtaler/{id}/gi-opp":                          notEmpty,
		"GET /avtaler/{id}/paragraf":                        notEmpty,
		"GET /avtaler/{id}/svar":                            notCouncils,
		"GET /avtaler/{id}/sjekk":                           notCouncils,
		"GET /avtaler/{id}/sjekk/{point}":                   notCouncils,
		"GET /avtaler/{id}/vedtak":                          notEmpty,
		"GET /avtaler/{id}/paragraf/{nr}":                   notCouncils,
		"GET /avtaler/{id}/paragraf/{nr}/ta-ut":             notCouncils,
		"GET /avtaler/{id}/rediger":                         notCouncils,
		"GET /horinger/{id}/avsta":                          notEmpty,
		"GET /horinger/{id}/egen":                           notEmpty,
		"GET /horinger/{id}/send":                           notEmpty,
		"GET /horinger/{id}/samtykke":                       notEmpty,
		"GET /horinger/{id}/innspill":                       notEmpty,
		"GET /organ/{id}/kalender.ics":                      notOut,
		"GET /organ/{id}/nytt.atom":                         notOut,
		"GET /moter/kalender.ics":                           notOut,
		"GET /moter/nytt.atom":                              notOut,
		"GET /oparl/v1":                                     notOut,
		"GET /oparl/v1/{$}":                                 notOut,
		"GET /oparl/v1/bodies":                              notOut,
		"GET /oparl/v1/bodies/{id}":                         notOut,
		"GET /oparl/v1/bodies/{id}/organizations":           notOut,
		"GET /oparl/v1/bodies/{id}/people":                  notOut,
		"GET /oparl/v1/bodies/{id}/memberships":             notOut,
		"GET /oparl/v1/bodies/{id}/meetings":                notOut,
		"GET /oparl/v1/bodies/{id}/papers":                  notOut,
		"GET /oparl/v1/organizations/{id}":                  notOut,
		"GET /oparl/v1/organizations/{id}/meetings":         notOut,
		"GET /oparl/v1/people/{id}":                         notOut,
		"GET /oparl/v1/memberships/{id}":                    notOut,
		"GET /oparl/v1/meetings/{id}":                       notOut,
		"GET /oparl/v1/locations/{id}":                      notOut,
		"GET /oparl/v1/agendaitems/{id}":                    notOut,
		"GET /oparl/v1/papers/{id}":                         notOut,
		"GET /oparl/v1/consultations/{id}":                  notOut,
		"GET /oparl/v1/files/{id}":                          notOut,
		"GET /organ/{id}/leder":                             notBodies,
		"GET /organ/{id}/rediger":                           notBodies,
		"GET /organ/{id}/regler":                            notBodies,
		"GET /organ/{id}/regler/ny":                         notBodies,
		"GET /organ/{id}/regler/prov":                       notBodies,
		"GET /organ/{id}/regler/sammenlign":                 notBodies,
		"GET /organ/{id}/seter":                             notBodies,
		"GET /organ/{id}/seter/ny":                          notBodies,
		"GET /organ/{id}/seter/{seat}":                      notBodies,
		"GET /organ/{id}/seter/{seat}/avslutt":              notBodies,
		"GET /organ/{id}/seter/{seat}/{holder}/avslutt":     notBodies,
		"GET /personvern":                                   notOpen,
		"GET /runder/ny":                                    notEmpty,
		"GET /runder/{id}/rediger":                          notEmpty,
		"GET /api/v1/bodies/{id}/meetings":                  notMeetings,
		"GET /api/v1/meetings/{id}":                         notMeetings,
		"GET /api/v1/cases/{id}/outcome":                    notMeetings,
		"GET /oppfolging/{follow}":                          "leads on to the item of the meeting",
		"GET /egne-vedtak/{own}":                            "leads on to the item of the meeting",
		"GET /plikter/{task}":                               "leads on to the duties of the council",
		"GET /moter":                                        notMeetings,
		"GET /moter/{id}":                                   notMeetings,
		"GET /moter/{id}/motebok":                           notMeetings,
		"GET /moter/ny":                                     notEmpty,
		"GET /moter/{id}/rediger":                           notEmpty,
		"GET /moter/{id}/avlys":                             notEmpty,
		"GET /moter/{id}/saksliste/ny":                      notEmpty,
		"GET /moter/{id}/krev":                              notEmpty,
		"GET /moter/{id}/start":                             notEmpty,
		"GET /moter/{id}/slutt":                             notEmpty,
		"GET /moter/{id}/oppmote":                           notEmpty,
		"GET /moter/{id}/publiser":                          notEmpty,
		"GET /moter/{id}/innkalling":                        notMeetings,
		"GET /moter/{id}/innkalling.pdf":                    notMeetings,
		"GET /moter/{id}/innkalling.docx":                   notMeetings,
		"GET /moter/{id}/innkalling.html":                   notMeetings,
		"GET /moter/{id}/motebok/papir":                     notMeetings,
		"GET /moter/{id}/motebok/papir.pdf":                 notMeetings,
		"GET /moter/{id}/motebok/papir.docx":                notMeetings,
		"GET /moter/{id}/motebok/papir.html":                notMeetings,
		"GET /moter/{id}/utdrag":                            notMeetings,
		"GET /moter/{id}/utdrag.pdf":                        notMeetings,
		"GET /moter/{id}/utdrag.docx":                       notMeetings,
		"GET /moter/{id}/utdrag.html":                       notMeetings,
		"GET /moter/{id}/direkte":                           notSigns,
		"GET /moter/{id}/saker/{item}/direkte":              notSigns,
		"GET /moter/{id}/saksliste/direkte":                 notSigns,
		"GET /moter/{id}/kalender.ics":                      notMeetings,
		"GET /saker/ny":                                     notEmpty,
		"GET /saker/{id}/behandling":                        notEmpty,
		"GET /saker/{id}/dokument":                          notEmpty,
		"GET /saker/{id}/flytt":                             notEmpty,
		"GET /saker/{id}/hode":                              notEmpty,
		"GET /saker/{id}/innspill":                          notEmpty,
		"GET /saker/{id}/kobling":                           notEmpty,
		"GET /skjema":                                       notForms,
		"GET /skjema-import":                                notForms,
		"GET /skjema-import/{id}":                           notForms,
		"GET /skjema/forslag":                               notForms,
		"GET /skjema/nytt":                                  notForms,
		"GET /skjema/{id}":                                  notForms,
		"GET /skjema/{id}/avsnitt/{name}":                   notForms,
		"GET /skjema/{id}/fjern/{name}":                     notForms,
		"GET /skjema/{id}/forkast":                          notForms,
		"GET /skjema/{id}/nytt-avsnitt":                     notForms,
		"GET /skjema/{id}/nytt-sporsmal/{name}":             notForms,
		"GET /skjema/{id}/prov":                             notForms,
		"GET /skjema/{id}/publiser":                         notForms,
		"GET /skjema/{id}/rediger":                          notForms,
		"GET /skjema/{id}/sporsmal/{name}":                  notForms,
		"GET /svar/{token}":                                 notLink,
		"GET /eget-vedtak/{token}":                          notLink,
		"GET /eget-vedtak/takk":                             notOpen,
		"GET /svar/{token}/del/{name}":                      notLink,
		"GET /svar/{token}/se-over":                         notLink,
		"GET /tilbud":                                       notOffers,
		"GET /tilbud/eksport.csv":                           notOffers,
		"GET /tilbud/eksport.json":                          notOffers,
		"GET /tilbud/eksport.xlsx":                          notOffers,
		"GET /tilbud/import":                                notOffers,
		"GET /tilbud/import/sjekk":                          notOffers,
		"GET /tilbud/mine":                                  notOffers,
		"GET /tilbud/ny":                                    notOffers,
		"GET /tilbud/{id}":                                  notOffers,
		"GET /tilbud/{id}/faktaark":                         notOffers,
		"GET /tilbud/{id}/faktaark.docx":                    notOffers,
		"GET /tilbud/{id}/faktaark.html":                    notOffers,
		"GET /tilbud/{id}/faktaark.pdf":                     notOffers,
		"GET /tilbud/{id}/ny":                               notOffers,
		"GET /tilbud/{id}/rediger":                          notOffers,
		"GET /tilbud/{id}/{offering}/avlys":                 notOffers,
		"GET /tilbud/{id}/{offering}/rediger":               notOffers,
		"GET /tilgjengelighet":                              notOpen,
		"GET /varsler":                                      notOwn,
		"GET /varsler/av/{token}":                           notOwn,
		"GET /varsler/bekreft/{secret}":                     notOwn,
		"GET /varsler/feed/{file}":                          notOwn,
		"GET /varsler/folg":                                 notOwn,
		"GET /varsler/innstillinger":                        notOwn,
		"GET /varsler/kalender/{file}":                      notOwn,
		"GET /verktoykasse":                                 notCards,
		"GET /verktoykasse/ny":                              notCards,
		"GET /verktoykasse/{id}":                            notCards,
		"GET /verktoykasse/{id}/rediger":                    notCards,
		"GET /virksomheter":                                 notOrgs,
		"GET /virksomheter/ny":                              notOrgs,
		"GET /virksomheter/{id}":                            notOrgs,
		"GET /virksomheter/{id}/fullmakt":                   notOrgs,
		"GET /virksomheter/{id}/fullmakt/{mandate}":         notOrgs,
		"GET /virksomheter/{id}/nytt-navn":                  notOrgs,
		"GET /virksomheter/{id}/rediger":                    notOrgs,
		"GET /{$}":                                          notOwn,
		"GET /oppgaver":                                     notOwn,

		"GET /kompetanseforum":                                  notForums,
		"GET /kompetanseforum/{id}":                             notForums,
		"GET /kompetanseforum/{id}/oppmote":                     notForums,
		"GET /kompetanseforum/{id}/dokument/{doc}":              notForums,
		"GET /kompetanseforum/{id}/runder/{round}":              notForums,
		"GET /kompetanseregioner/{region}":                      notForums,
		"GET /forum-innspill/{input}":                           notForums,
		"GET /kompetanseforum/{id}/dokument/ny":                 notForums,
		"GET /kompetanseforum/{id}/dokument/{doc}/signer":       notForums,
		"GET /kompetanseforum/{id}/innsats/ny":                  notForums,
		"GET /kompetanseforum/{id}/innsats/{effort}":            notForums,
		"GET /kompetanseforum/{id}/eksempler/ny":                notForums,
		"GET /kompetanseforum/{id}/eksempler/{example}":         notForums,
		"GET /kompetanseforum/{id}/runder/ny":                   notForums,
		"GET /kompetanseforum/{id}/runder/{round}/svar":         notForums,
		"GET /kompetanseforum/{id}/runder/{round}/avslutt":      notForums,
		"GET /kompetanseregioner/{region}/status":               notForums,
		"GET /kompetanseregioner/{region}/innspill":             notForums,
		"GET /forum-innspill/{input}/svar":                      notForums,
		"GET /kompetanseforum/{id}/regioner/ny":                 notForums,
		"GET /arshjul":                                          notForums,
		"GET /arshjul/{id}":                                     notForums,
		"GET /arshjul-tall":                                     notForums,
		"GET /arshjul-tall/{source}":                            notForums,
		"GET /arshjul/ny":                                       notForums,
		"GET /arshjul/{id}/kopier":                              notForums,
		"GET /arshjul/{id}/steg/ny":                             notForums,
		"GET /arshjul/{id}/steg/{step}":                         notForums,
		"GET /arshjul/{id}/steg/{step}/lukk":                    notForums,
		"GET /arshjul/{id}/gjenapne":                            notForums,
		"GET /arshjul/{id}/regioner/{region}/innspill":          notForums,
		"GET /arshjul/{id}/innspill/{input}":                    notForums,
		"GET /arshjul/{id}/innspill/{input}/utfall":             notForums,
		"GET /arshjul/{id}/regioner/{region}/taus":              notForums,
		"GET /arshjul/{id}/prioriteringer/ny":                   notForums,
		"GET /arshjul/{id}/prioriteringer/{priority}":           notForums,
		"GET /arshjul/{id}/prioriteringer/{priority}/tilbydere": notForums,
		"GET /arshjul/{id}/svar/{task}":                         notForums,
		"GET /arshjul-oppgave/{task}":                           notForums,
	}
}

// looked notes that somebody got a watched page.
func (s *Site) looked(r *http.Request, actor access.Actor) {
	w, ok := s.watches[r.Pattern]
	if !ok {
		return
	}
	param := w.id
	if param == "" {
		param = "id"
	}
	thing := object.Ref{Kind: w.kind, ID: r.PathValue(param)}
	switch thing.Kind {
	case "":
		thing = object.Ref{Kind: r.PathValue("kind"), ID: r.PathValue("ref")}
	case fileKind:
		thing = s.fileThing(r.Context(), actor, thing)
	}
	if w.closed {
		s.Looks.NoteClosed(r.Context(), actor, w.act, thing)
		return
	}
	s.Looks.Note(r.Context(), actor, w.act, thing)
}

// fileThing is the thing that a version of an attachment belongs to, or the
// attachment itself when the reader has no such version.
func (s *Site) fileThing(ctx context.Context, actor access.Actor, file object.Ref) object.Ref {
	v, err := s.Attach.Get(ctx, actor, attach.VersionID(file.ID))
	if err != nil {
		return file
	}
	return v.Thing
}

// Package ask sends needs to providers: can this offer be adapted, and by when
// do we hear (BEH-8).
//
// A request is about a need or a pooled need and has questions, the points
// where the offer does not fit, and an answer date. A need that waits for a
// provider is in follow-up with the one that is asked, who then has the ball
// until that date. A second provider is asked only about needs that providers
// may read. The owner, the representative, the secretary and the county ask;
// the provider answers noted, accepted or declined with a reason.
//
// Requests are seen by the provider and by those who work with the need. The
// holder of a follow link sees whom was asked, and until when.
//
// Words: be om tilpasning = request adaptation, svarfrist = answer date.
//
// Tables: need_request, need_request_question.
package ask

#!/usr/bin/env bash
# msgraph-sdk 1.65.0 writes the parameters of sendMail with capital letters, unlike Microsoft's own documentation.
#
# Expected: {"message": …, "saveToSentItems": true}, as the reference of Microsoft Graph shows it.
# Seen:     {"Message": …, "SaveToSentItems": true}; what lies inside the message begins in small letters. It asks for
#           …/messages/delta() too, where the reference writes …/messages/delta.
# Caller:   a stand-in for Graph, a proxy or an audit must compare an action's parameters without case.
. "$(dirname "$0")/lib.sh"
pip_packages msgraph-sdk==1.65.0
observe python - <<'PYTHON'
import json
from kiota_serialization_json.json_serialization_writer import JsonSerializationWriter
from msgraph.generated.models.message import Message
from msgraph.generated.users.item.send_mail.send_mail_post_request_body import SendMailPostRequestBody

writer = JsonSerializationWriter()
body = SendMailPostRequestBody(message=Message(subject="Received"), save_to_sent_items=True)
writer.write_object_value(None, body)
print(sorted(json.loads(writer.get_serialized_content())))
PYTHON
seen <<'SEEN'
['Message', 'SaveToSentItems']
SEEN

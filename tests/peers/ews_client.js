// Asks a mailbox what a client asks by way of ews-javascript-api: node ews_client.js URL USER PASSWORD
// Prints one JSON object. Where the API complains, it says of what and ends with 1.
"use strict";
const {
  BasePropertySet,
  EmailMessage,
  ExchangeService,
  ExchangeVersion,
  Folder,
  FolderId,
  FolderView,
  ItemSchema,
  ItemView,
  MessageBody,
  MimeContent,
  PropertySet,
  SyncFolderItemsScope,
  Uri,
  WebCredentials,
  WellKnownFolderName,
} = require("ews-javascript-api");

const PAGE = 100; // the server gives as few as it likes

const [url, user, password] = process.argv.slice(2);
const service = new ExchangeService(ExchangeVersion.Exchange2016);
service.Credentials = new WebCredentials(user, password);
service.Url = new Uri(url);

async function synchronised() {
  const inbox = new FolderId(WellKnownFolderName.Inbox);
  const ids = [];
  let state = null;
  let rounds = 0;
  for (let more = true; more; rounds += 1) {
    const scope = SyncFolderItemsScope.NormalItems;
    const changes = await service.SyncFolderItems(inbox, PropertySet.IdOnly, null, PAGE, scope, state);
    changes.changes.forEach((change) => ids.push(change.ItemId));
    state = changes.SyncState;
    more = changes.MoreChangesAvailable;
  }
  return { ids, rounds };
}

async function found() {
  const subjects = [];
  const view = new ItemView(PAGE);
  for (let more = true; more; ) {
    const page = await service.FindItems(WellKnownFolderName.Inbox, view);
    page.Items.forEach((item) => subjects.push(item.Subject));
    more = page.MoreAvailable;
    view.Offset = page.NextPageOffset;
  }
  return subjects;
}

async function mime(id) {
  const wanted = new PropertySet(BasePropertySet.IdOnly, [ItemSchema.MimeContent]);
  return (await EmailMessage.Bind(service, id, wanted)).MimeContent.Content;
}

async function main() {
  const inbox = await Folder.Bind(service, WellKnownFolderName.Inbox);
  const below = await service.FindFolders(WellKnownFolderName.Inbox, new FolderView(PAGE));
  const { ids, rounds } = await synchronised();
  const bytes = [];
  for (const id of ids) bytes.push(await mime(id));
  const first = await EmailMessage.Bind(service, ids[0]);

  const letter = new EmailMessage(service);
  letter.Subject = "By fields";
  letter.Body = new MessageBody("Good day");
  letter.ToRecipients.Add("ada@example.test");
  await letter.SendAndSaveCopy();
  const raw = new EmailMessage(service);
  raw.MimeContent = new MimeContent("UTF-8", bytes[0]);
  await raw.SendAndSaveCopy();

  const arrived = new Date(first.DateTimeReceived.TotalMilliSeconds).toISOString();
  const folder = { name: inbox.DisplayName, total: inbox.TotalCount, below: below.Folders.map((each) => each.DisplayName) };
  console.log(JSON.stringify({ folder, rounds, bytes, subjects: await found(), arrived }));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

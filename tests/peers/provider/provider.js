// Runs oidc-provider on 127.0.0.1: node provider.js PORT REDIRECT_URI. PKCE is demanded; the id token holds the subject alone.
import Provider from 'oidc-provider';

const [port, redirect] = process.argv.slice(2);
const ROLES = { ada: ['CPL.Analyst'], max: ['CPL.Admin', 'Something.Else'], nobody: [] };

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: 'cpl', client_secret: 'a secret of two', redirect_uris: [redirect] }],
  claims: { openid: ['sub'], profile: ['preferred_username', 'roles'], email: ['email'] },
  cookies: { keys: ['only for tests'] },
  pkce: { required: () => true },
  findAccount: (_ctx, id) => {
    const name = id.replace('subject-of-', '');
    return {
      accountId: id,
      claims: () => ({ sub: id, preferred_username: name, email: `${name}@example.test`, roles: ROLES[name] ?? [] }),
    };
  },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('listening'));

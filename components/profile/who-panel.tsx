import type { ProfileView } from "#lib/api/profile-view.ts";

/** Who one is here: name, role, projects. */
export function WhoPanel({ person, projects }: Pick<ProfileView, "person" | "projects">) {
  return (
    <section className="panel profile-who" aria-labelledby="who">
      <header>
        <h2 id="who">{person.displayName}</h2>
      </header>
      <dl>
        <Fact name="Signed in as">{person.name}</Fact>
        <Fact name="Role">{person.role}</Fact>
        <Fact name={projects.length === 1 ? "Project" : "Projects"}>
          {projects.length === 0 ? "none yet" : projects.map(({ title }) => title).join(", ")}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt className="label">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

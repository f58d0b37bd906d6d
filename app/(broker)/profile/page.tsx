import type { Metadata } from "next";
import { readProfile } from "#app/data.ts";
import { ProfileDesk } from "#components/profile/profile-desk.tsx";
import { Known } from "#components/ui/known.tsx";
import { apiBaseUrl } from "#lib/api/base-url.ts";
import { profileQuery } from "#lib/client/profile-query.ts";
import { requirePerson } from "../signed-in.ts";

export const metadata: Metadata = { title: "Profile" };

/** Who one is, and the access tokens of one's programs. */
export default async function ProfilePage() {
  const profile = await readProfile(await requirePerson("/profile"));
  return (
    <Known query={profileQuery} data={profile}>
      <ProfileDesk api={apiBaseUrl()} />
    </Known>
  );
}

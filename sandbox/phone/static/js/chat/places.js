// Where a person may say that they are.

import { openSheet } from "./sheet.js";

const PLACES = [
  { latitude: 12.9763, longitude: 77.5929, name: "Cubbon Park", address: "Bengaluru" },
  { latitude: 18.922, longitude: 72.8347, name: "Gateway of India", address: "Mumbai" },
  { latitude: 28.6315, longitude: 77.2167, name: "Connaught Place", address: "New Delhi" },
  { latitude: 26.9239, longitude: 75.8267, name: "Hawa Mahal", address: "Jaipur" },
];

/** One place, for those who do not want to choose. */
export const ANY = PLACES[0];

const NOWHERE = { latitude: 13.0827, longitude: 80.2707 };

/** Let the person choose where they are; `pick` gets the place as the control API takes it. */
export function openPlaces(opener, pick) {
  const rows = PLACES.map((place, index) => ({ id: String(index), title: place.name, description: place.address }));
  const bare = { id: "bare", title: "A pin on the map", description: "No name and no address, as most people send it" };
  openSheet("Send location", [{ rows: [...rows, bare] }], opener, (id) => pick(id === "bare" ? NOWHERE : PLACES[Number(id)]));
}

// The "+" menu: what else a person sends. Each is a real file, made by the page or chosen on this device.

import { current } from "../store.js";
import { toast } from "../toast.js";
import { chooseFile } from "./files.js";
import { ANY } from "./places.js";
import { photo, salarySlip, sticker, voiceNote } from "./samples.js";
import { sendBody, sendFile } from "./sending.js";

/** The items of the menu. */
export function attachments() {
  return [
    ["image", "Photo", () => sendSample("image", photo, "photo.jpg")],
    ["file", "Document", () => sendSample("document", () => salarySlip(current().name), "salary-slip.pdf")],
    ["mic", "Voice note", () => sendSample("audio", voiceNote, "voice.ogg")],
    ["sticker", "Sticker", () => sendSample("sticker", sticker, "sticker.webp")],
    ["folder", "From this device…", () => chooseFile()],
    ["pin", "Location", () => sendBody({ type: "location", ...ANY })],
    ["person", "My contact", () => sendBody({ type: "contact" })],
  ];
}

async function sendSample(type, make, name) {
  try {
    await sendFile(type, await make(), name);
  } catch (error) {
    toast(error.message, { bad: true });
  }
}

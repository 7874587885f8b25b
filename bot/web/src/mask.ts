/** Hides personal numbers in what was just typed, as the server does with what it stores. */

const ID_NUMBER = /(?<!\d)(\d{6})\d{8}(\d{3}[\dXx])(?![\dA-Za-z])/g;
const MOBILE = /(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)/g;

export function maskNumbers(text: string): string {
  return text.replace(ID_NUMBER, "$1********$2").replace(MOBILE, "$1****$2");
}

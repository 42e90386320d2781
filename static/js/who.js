/* The address field of “Who may see what?” suggests the area's own addresses. */

import { suggestAddresses } from "./address.js";

suggestAddresses(document.querySelector("[list=addresses]"));

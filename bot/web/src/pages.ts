/** Entry point of the server's pages: their styles, which the chat stands in as well. */

import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/pages.css";
import "./styles/print.css";

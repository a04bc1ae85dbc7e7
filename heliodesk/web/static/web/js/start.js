/** Loads every module of the desk; each works by delegation, so that a swapped page needs no wiring. */
import "desk/visit";
import "desk/theme";
import "desk/menu";
import "desk/toast";
import "desk/once";
import "desk/session";
import "desk/offline";
import "desk/keyboard";
import "desk/table";
import "desk/dialog";
import "desk/drafts";
import "desk/counter";
import "desk/dependent";
import "desk/similar";
import "desk/reload";
import "desk/combobox";
import "desk/composer";
import "desk/upload";
import "desk/bell";
import "desk/print";
import "desk/quicktext";
import { ready } from "desk/net";

ready(document.body);

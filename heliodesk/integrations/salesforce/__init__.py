"""Records of a company that worked in Salesforce: its exports, read into the desk."""

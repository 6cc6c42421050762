"""The head and the frame of a circular: 版头, 标题, 主送机关, 署名, 成文日期, 附件, 联系人."""

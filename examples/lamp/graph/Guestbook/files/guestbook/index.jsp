<%@ page contentType="text/html; charset=UTF-8" pageEncoding="UTF-8"
    import="java.net.InetAddress, java.sql.*, javax.naming.InitialContext, javax.sql.DataSource" %>
<%!
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
%>
<!DOCTYPE html>
<html lang="en">
<head><meta charset="UTF-8"><title>Guest book</title></head>
<body>
<h1>Guest book</h1>
<form method="post"><input name="entry" maxlength="200" required> <button>Sign</button></form>
<ul>
<%
    request.setCharacterEncoding("UTF-8");
    DataSource source = (DataSource) new InitialContext().lookup("java:comp/env/jdbc/guestbook");
    try (Connection connection = source.getConnection()) {
        String entry = "POST".equals(request.getMethod()) ? request.getParameter("entry") : null;
        if (entry != null && !entry.isBlank()) {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO entry (text) VALUES (?)")) {
                insert.setString(1, entry.substring(0, Math.min(entry.length(), 200)));
                insert.executeUpdate();
            }
        }
        try (Statement query = connection.createStatement();
             ResultSet rows = query.executeQuery("SELECT text FROM entry ORDER BY id DESC LIMIT 50")) {
            while (rows.next()) out.println("<li>" + escaped(rows.getString(1)) + "</li>");
        }
    }
%>
</ul>
<p>Answered by <%= escaped(InetAddress.getLocalHost().getHostName()) %>.</p>
</body>
</html>
